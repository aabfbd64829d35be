package io.headwater.esdb;

import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq.ProposedMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Records to write to a stream, and the revision that its last record must have. They can be written at one place only, so the
 * same may be sent any number of times.
 *
 * @param stream the name of the stream
 * @param afterRevision the revision of the stream's last record; {@link #NO_STREAM} if it never had one
 */
record NewRecords(String stream, long afterRevision, List<ProposedMessage> records) {
    static final long NO_STREAM = -1;

    NewRecords {
        records = List.copyOf(records);
    }

    /** Returns the revision that the first of these records has once they are written. */
    long place() {
        return afterRevision + 1;
    }

    NewRecords at(long otherRevision) {
        return new NewRecords(stream, otherRevision, records);
    }

    List<AppendReq> messages() {
        AppendReq.Options.Builder options =
                AppendReq.Options.newBuilder().setStreamIdentifier(EventMessage.stream(stream));
        if (afterRevision == NO_STREAM) {
            options.setNoStream(Shared.Empty.getDefaultInstance());
        } else {
            options.setRevision(afterRevision);
        }
        List<AppendReq> messages = new ArrayList<>(records.size() + 1);
        messages.add(AppendReq.newBuilder().setOptions(options).build());
        records.forEach(record ->
                messages.add(AppendReq.newBuilder().setProposedMessage(record).build()));
        return messages;
    }
}
