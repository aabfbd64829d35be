package io.headwater.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A text to filter by. An empty one is most likely a variable that is not set; it would match everything or nothing.
 */
final class NotEmpty implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("it is empty; leave the option out for no filter");
        }
        return text;
    }
}
