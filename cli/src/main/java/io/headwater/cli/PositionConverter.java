package io.headwater.cli;

import io.headwater.InvalidRequest;
import io.headwater.Position;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A position given on the command line, in the form that this command prints. */
final class PositionConverter implements ITypeConverter<Position> {
    @Override
    public Position convert(String text) {
        try {
            return Position.parse(text);
        } catch (InvalidRequest e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
