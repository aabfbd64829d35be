package io.headwater.cli;

import io.headwater.ConfigurationException;
import io.headwater.spi.OptionDescriptor;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration with its unit, as in the options of a store. */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final OptionDescriptor<Duration> FORM =
            OptionDescriptor.duration("duration", Duration.ZERO, "a duration");

    @Override
    public Duration convert(String text) {
        try {
            return FORM.parse(text);
        } catch (ConfigurationException e) {
            throw new TypeConversionException("'" + text + "' is not a duration, as in 500ms, 30s, 5m or 1h");
        }
    }
}
