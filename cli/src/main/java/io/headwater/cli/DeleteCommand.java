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

/** Deletes a stream. */
@Command(
        name = "delete",
        header = "Delete a stream; it can be appended to again.",
        description = {
            "Makes the stream empty. It keeps its version, and later appends continue from it. The events stay"
                    + " in the log until 'headwater scavenge'.",
            "To end a stream permanently, use 'headwater tombstone'."
        },
        footer = {"%nExamples:", "  headwater delete order-1001", "  headwater delete order-1001 --expect 7 --yes"})
final class DeleteCommand extends StoreCommand {
    @Parameters(index = "0", paramLabel = "STREAM", description = "The stream's id.")
    private @Nullable StreamId stream;

    @Option(
            names = "--expect",
            paramLabel = ExpectConverter.CHOICE,
            completionCandidates = ExpectConverter.Words.class,
            description = "Delete only if the stream meets this condition. Default: any.")
    private ExpectedVersion expected = ExpectedVersion.any();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    DeleteCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean writes() {
        return true;
    }

    @Override
    ExitCode run(EventStore store, Output out) throws IOException {
        StreamAdmin admin = StoreFacets.of(store, StreamAdmin.class, Capability.STREAM_ADMIN);
        StreamId gone = Arguments.given(stream);
        StreamExtent there = StreamExtent.ofWritten(store, gone, "delete");
        confirmation.require(shell(), "delete", gone.value(), there.size());
        admin.delete(gone, expected);
        if (out.json()) {
            out.object(json -> json.writeStringProperty("deleted", gone.value()));
        } else {
            out.line(Printable.of(gone.value()) + " is deleted; later events continue from version "
                    + store.version(gone));
        }
        return ExitCode.OK;
    }
}
