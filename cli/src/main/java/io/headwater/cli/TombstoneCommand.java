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

/** Ends a stream for good. */
@Command(
        name = "tombstone",
        header = "End a stream for good.",
        description =
                "Every later append, delete and read of the stream is refused, for ever. The events stay in the log"
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
            description = "End only a stream that is as expected. Default: any.")
    private ExpectedVersion expected = ExpectedVersion.any();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    TombstoneCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() throws IOException {
        confirmation.require(
                shell(), "end for ever stream", Arguments.given(stream).value());
    }

    @Override
    ExitCode run(EventStore store, Output out) {
        StreamId gone = Arguments.given(stream);
        Facets.of(store, StreamAdmin.class, Capability.STREAM_ADMIN).tombstone(gone, expected);
        if (out.json()) {
            out.object(json -> json.writeStringProperty("tombstoned", gone.value()));
        } else {
            out.line(Printable.of(gone.value()) + " is ended for good");
        }
        return ExitCode.OK;
    }
}
