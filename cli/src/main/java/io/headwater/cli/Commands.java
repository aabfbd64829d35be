package io.headwater.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The subcommands by name, each built only when it is needed. When picocli builds a command, it reads the command's
 * annotations by reflection; doing so for all commands takes longer than a short command runs.
 */
final class Commands {
    private static final List<String> VERSION = List.of("-V", "--version");

    /** These show or describe all commands. */
    private static final List<String> ABOUT_ALL = List.of("help", "completion");

    private final Map<String, Supplier<Object>> all = new LinkedHashMap<>();

    Commands(Shell shell) {
        all.put("demo", () -> new DemoCommand(shell));
        all.put("import", () -> new ImportCommand(shell));
        all.put("export", () -> new ExportCommand(shell));
        all.put("backup", () -> new BackupCommand(shell));
        all.put("migrate", () -> migrate(shell));
        all.put("log", () -> new LogCommand(shell));
        all.put("tail", () -> new TailCommand(shell));
        all.put("read", () -> new ReadCommand(shell));
        all.put("append", () -> new AppendCommand(shell));
        all.put("categories", () -> new CategoriesCommand(shell));
        all.put("streams", () -> new StreamsCommand(shell));
        all.put("info", () -> new InfoCommand(shell));
        all.put("cost", () -> new CostCommand(shell));
        all.put("subscriptions", () -> subscriptions(shell));
        all.put("audit", () -> new AuditCommand(shell));
        all.put("doctor", () -> new DoctorCommand(shell));
        all.put("delete", () -> new DeleteCommand(shell));
        all.put("tombstone", () -> new TombstoneCommand(shell));
        all.put("truncate", () -> new TruncateCommand(shell));
        all.put("scavenge", () -> new ScavengeCommand(shell));
        all.put("schema", () -> schema(shell));
        all.put("tck", () -> tck(shell));
        all.put("backends", () -> new BackendsCommand(shell));
        all.put("completion", () -> new CompletionCommand(shell));
        all.put("help", HelpCommand::new);
    }

    /**
     * The commands that a run with these arguments can use: one, if the first argument is a command's name, or else
     * all.
     */
    Collection<Supplier<Object>> needed(String... args) {
        if (args.length == 1 && VERSION.contains(args[0])) {
            return List.of();
        }
        Supplier<Object> named = args.length == 0 || ABOUT_ALL.contains(args[0]) ? null : all.get(args[0]);
        return named == null ? all.values() : List.of(named);
    }

    private static CommandLine subscriptions(Shell shell) {
        return new CommandLine(new SubscriptionsCommand(shell))
                .addSubcommand(new ResetCommand(shell))
                .addSubcommand(new ForgetCommand(shell))
                .addSubcommand(new CommandLine(new ParkedCommand())
                        .addSubcommand(new ParkedListCommand(shell))
                        .addSubcommand(new ParkedReplayCommand(shell))
                        .addSubcommand(new ParkedDropCommand(shell)));
    }

    private static CommandLine migrate(Shell shell) {
        return new CommandLine(new MigrateCommand())
                .addSubcommand(new MigratePlanCommand(shell))
                .addSubcommand(new MigrateCopyCommand(shell))
                .addSubcommand(new MigrateVerifyCommand(shell))
                .addSubcommand(new MigrateStatusCommand(shell));
    }

    private static CommandLine schema(Shell shell) {
        return new CommandLine(new SchemaCommand())
                .addSubcommand(new SchemaPrintCommand(shell))
                .addSubcommand(new SchemaCheckCommand(shell))
                .addSubcommand(new SchemaApplyCommand(shell))
                .addSubcommand(new SchemaDropCommand(shell));
    }

    private static CommandLine tck(Shell shell) {
        return new CommandLine(new TckCommand())
                .addSubcommand(new TckRunCommand(shell))
                .addSubcommand(new TckRulesCommand(shell))
                .addSubcommand(new TckMatrixCommand(shell))
                .addSubcommand(new TckDiffCommand(shell))
                .addSubcommand(new TckFuzzCommand(shell))
                .addSubcommand(new TckCompareCommand(shell));
    }
}
