package io.headwater.cli;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.cli.text.Printable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a stream permanently. */
@Command(
        name = "tombstone",
        header = "End a stream permanently.",
        description = "Every later append, delete and read of the stream is refused. The events stay in the log"
                + " until 'headwater scavenge'.",
        footer = {
            "%nExamples:",
            "  headwater tombstone customer-ann",
            "  headwater tombstone customer-ann --yes && headwater scavenge"
        })
final class TombstoneCommand extends StoreCommand {
    @Parameters(index = "0", paramLabel = "STREAM", description = "The stream's id.")
    private @Nullable StreamId stream;

    @Option(
            names = "--expect",
            paramLabel = ExpectConverter.CHOICE,
            completionCandidates = ExpectConverter.Words.class,
            description = "End the stream only if it meets this condition. Default: any.")
    private ExpectedVersion expected = ExpectedVersion.any();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    TombstoneCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean writes() {
        return true;
    }

    /** A stream that does not exist can be ended too, but a user who mistyped its name should notice. */
    @Override
    ExitCode run(EventStore store, Output out) throws IOException {
        StreamAdmin admin = StoreFacets.of(store, StreamAdmin.class, Capability.STREAM_ADMIN);
        StreamId gone = Arguments.given(stream);
        StreamExtent there = StreamExtent.of(store, gone);
        confirmation.require(shell(), "tombstone", gone.value(), there.size() + ", for ever");
        admin.tombstone(gone, expected);
        if (out.json()) {
            out.object(json -> json.writeStringProperty("tombstoned", gone.value()));
        } else {
            String before = there.version() == 0 ? ", which was never written," : "";
            out.line(Printable.of(gone.value()) + before + " is ended permanently");
        }
        return ExitCode.OK;
    }
}
