package io.headwater.dynamodb.server;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Numbers of at most 38 digits between 1E-130 and 9.99…E+125: "Supported data types and naming rules in Amazon DynamoDB". */
final class Numbers {
    private static final int MAX_DIGITS = 38;
    private static final int MAX_EXPONENT = 125;
    private static final int MIN_EXPONENT = -130;
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,9})?");

    private Numbers() {}

    static BigDecimal parse(String text) {
        if (text.isBlank()) {
            throw ServiceException.validation("The parameter cannot be converted to a numeric value");
        }
        if (!NUMBER.matcher(text).matches()) {
            throw ServiceException.validation("The parameter cannot be converted to a numeric value: " + text);
        }
        return checked(new BigDecimal(text));
    }

    /** Refuses what cannot be stored. */
    static BigDecimal checked(BigDecimal value) {
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal number = value.stripTrailingZeros();
        int exponent = number.precision() - number.scale() - 1;
        if (exponent > MAX_EXPONENT) {
            throw overflow();
        }
        if (exponent < MIN_EXPONENT) {
            throw ServiceException.validation(
                    "Number underflow. Attempting to store a number with magnitude smaller than supported range");
        }
        if (number.precision() > MAX_DIGITS) {
            throw ServiceException.validation("Attempting to store more than 38 significant digits in a Number");
        }
        return number;
    }

    /** Of an arithmetic operation: one with too many digits is reported as too large. */
    static BigDecimal result(BigDecimal value) {
        if (value.signum() != 0 && value.stripTrailingZeros().precision() > MAX_DIGITS) {
            throw overflow();
        }
        return checked(value);
    }

    private static ServiceException overflow() {
        return ServiceException.validation(
                "Number overflow. Attempting to store a number with magnitude larger than supported range");
    }

    static String format(BigDecimal number) {
        return number.toPlainString();
    }

    /** About one byte for two significant digits, and one: "DynamoDB Item sizes and formats". A sign is a byte, too. */
    static int size(BigDecimal number) {
        if (number.signum() == 0) {
            return 1;
        }
        return (number.precision() + 1) / 2 + 1 + (number.signum() < 0 ? 1 : 0);
    }
}
