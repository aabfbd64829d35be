package io.headwater.cli;

import io.headwater.InvalidRequest;
import io.headwater.StreamId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A stream id given on the command line. */
final class StreamConverter implements ITypeConverter<StreamId> {
    @Override
    public StreamId convert(String text) {
        try {
            return StreamId.of(text);
        } catch (InvalidRequest e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
