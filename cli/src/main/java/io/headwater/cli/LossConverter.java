package io.headwater.cli;

import io.headwater.migration.plan.Loss;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The code of a loss, as a plan lists it. */
final class LossConverter implements ITypeConverter<Loss> {
    @Override
    public Loss convert(String code) {
        return Arrays.stream(Loss.values())
                .filter(loss -> loss.name().equals(code))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'%s' is not one of %s"
                        .formatted(
                                code,
                                Arrays.stream(Loss.values()).map(Loss::name).collect(Collectors.joining(",")))));
    }
}
