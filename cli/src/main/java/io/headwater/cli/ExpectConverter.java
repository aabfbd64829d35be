package io.headwater.cli;

import io.headwater.ExpectedVersion;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An expected version, given on the command line. */
final class ExpectConverter implements ITypeConverter<ExpectedVersion> {
    static final String CHOICE = "any|none|exists|VERSION";

    /** The values that a shell can complete. */
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("any", "none", "exists").iterator();
        }
    }

    @Override
    public ExpectedVersion convert(String text) {
        return switch (text) {
            case "any" -> ExpectedVersion.any();
            case "none" -> ExpectedVersion.noStream();
            case "exists" -> ExpectedVersion.streamExists();
            default -> exactly(text);
        };
    }

    private static ExpectedVersion exactly(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new TypeConversionException("'" + text + "' is not one of " + CHOICE);
        }
        return ExpectedVersion.exactly(Long.parseLong(text));
    }
}
