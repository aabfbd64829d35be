package io.headwater.cli;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.ConfigurationException;
import io.headwater.EventStoreException;
import io.headwater.IncompatibleStore;
import io.headwater.InvalidRequest;
import io.headwater.LimitExceeded;
import io.headwater.StoreMissing;
import io.headwater.StoreUnavailable;
import io.headwater.StreamDeleted;
import io.headwater.UnsupportedCapability;
import io.headwater.WrongExpectedVersion;
import io.headwater.cli.conformance.BadReport;
import io.headwater.cli.plan.BadPlan;
import io.headwater.cli.text.Printable;
import io.headwater.migration.TooMuchContention;
import io.headwater.migration.copy.AnotherMigrator;
import io.headwater.migration.plan.MigrationRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.exc.JacksonIOException;

/** Describes a failure in one line, and determines its exit code. */
final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Shell shell;

    ErrorReport(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        say(UsageProblem.describe(wrong) + "; see '" + command + " --help'");
        return ExitCode.USAGE.number();
    }

    @Override
    public int handleExecutionException(Exception failed, CommandLine command, ParseResult parsed) {
        return report(failed, command.getParseResult().hasMatchedOption("--debug"))
                .number();
    }

    ExitCode report(Exception failed, boolean debug) {
        Throwable problem = cause(failed);
        if (problem instanceof PipeOutput.Closed) {
            return ExitCode.OUTPUT_CLOSED;
        }
        ExitCode code = code(problem);
        say(message(problem, code));
        if (debug) {
            failed.printStackTrace(shell.err());
        }
        return code;
    }

    private static Throwable cause(Exception failed) {
        Throwable cause = failed.getCause();
        boolean wrapped = failed instanceof UncheckedIOException || failed instanceof JacksonIOException;
        return wrapped && cause != null ? cause : failed;
    }

    void say(String message) {
        shell.note(Printable.of(message.strip()));
    }

    private static ExitCode code(Throwable problem) {
        if (problem instanceof Failure failure) {
            return failure.exitCode();
        }
        if (problem instanceof EventStoreException refused) {
            return code(refused);
        }
        if (problem instanceof TooMuchContention || problem instanceof MigrationRefused) {
            return ExitCode.REFUSED;
        }
        if (problem instanceof AnotherMigrator) {
            return ExitCode.ANOTHER_MIGRATOR;
        }
        if (problem instanceof BadReport || problem instanceof BadPlan) {
            return ExitCode.BAD_DATA;
        }
        return problem instanceof IOException ? ExitCode.UNAVAILABLE : ExitCode.INTERNAL;
    }

    private static ExitCode code(EventStoreException problem) {
        if (problem instanceof ConfigurationException
                || problem instanceof IncompatibleStore
                || problem instanceof StoreMissing
                || problem instanceof InvalidRequest) {
            return ExitCode.USAGE;
        }
        if (problem instanceof WrongExpectedVersion
                || problem instanceof StreamDeleted
                || problem instanceof LimitExceeded
                || problem instanceof UnsupportedCapability) {
            return ExitCode.REFUSED;
        }
        boolean mayHelpLater = problem instanceof StoreUnavailable || problem instanceof AppendOutcomeUnknown;
        return mayHelpLater ? ExitCode.UNAVAILABLE : ExitCode.INTERNAL;
    }

    private static String message(Throwable problem, ExitCode code) {
        String text = String.valueOf(problem.getMessage());
        if (problem instanceof FileSystemException file && file.getFile() != null) {
            return "'" + file.getFile() + "' cannot be used: " + SystemProblem.of(file);
        }
        if (problem instanceof IOException failed && !(failed instanceof PipeOutput.NotWritten)) {
            return "reading or writing failed: " + SystemProblem.of(failed);
        }
        boolean unexpected = code == ExitCode.INTERNAL && !(problem instanceof EventStoreException);
        return unexpected ? "unexpected error: " + problem + "; --debug shows a stack trace" : text;
    }
}
