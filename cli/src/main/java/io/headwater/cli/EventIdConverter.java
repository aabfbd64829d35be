package io.headwater.cli;

import io.headwater.cli.ndjson.EventIds;
import java.util.UUID;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An event id given on the command line. */
final class EventIdConverter implements ITypeConverter<UUID> {
    @Override
    public UUID convert(String text) {
        if (!EventIds.isCanonical(text)) {
            throw new TypeConversionException(
                    "'" + text + "' is not a UUID such as 123e4567-e89b-12d3-a456-426614174000");
        }
        return UUID.fromString(text);
    }
}
