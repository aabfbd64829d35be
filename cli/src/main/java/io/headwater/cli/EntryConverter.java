package io.headwater.cli;

import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An entry of metadata, written {@code key=value}; the value may contain further equals signs. */
final class EntryConverter implements ITypeConverter<Map.Entry<String, String>> {
    @Override
    public Map.Entry<String, String> convert(String text) {
        int end = text.indexOf('=');
        if (end < 1) {
            throw new TypeConversionException("'" + text + "' is not KEY=VALUE, as in user=ann");
        }
        return Map.entry(text.substring(0, end), text.substring(end + 1));
    }
}
