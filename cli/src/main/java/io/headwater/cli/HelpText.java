package io.headwater.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The parts that the help of all commands has in common. */
final class HelpText {
    private HelpText() {}

    /** Completes the help of this command and of its subcommands. */
    static void complete(CommandLine command) {
        command.getSubcommands().values().forEach(HelpText::complete);
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(Integer.toString(code.number()), code.meaning());
        }
        command.getCommandSpec()
                .versionProvider(new Version())
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(codes)
                .optionListHeading("%nOptions:%n")
                .parameterListHeading("%nParameters:%n")
                .commandListHeading("%nCommands:%n")
                .sortOptions(false)
                .width(100);
    }

    /**
     * Hides options that have no effect here, and are accepted only so that they can be part of an alias. Does nothing
     * if the command, or its parent, was not built for this run.
     */
    static void hide(@Nullable CommandLine above, String command, String... options) {
        CommandLine built = above == null ? null : above.getSubcommands().get(command);
        if (built == null) {
            return;
        }
        CommandSpec spec = built.getCommandSpec();
        for (String name : options) {
            OptionSpec option = Arguments.given(spec.findOption(name));
            spec.remove(option);
            spec.addOption(OptionSpec.builder(option).hidden(true).build());
        }
    }
}
