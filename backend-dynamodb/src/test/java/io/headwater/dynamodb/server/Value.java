package io.headwater.dynamodb.server;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A value of an attribute: "Supported data types and naming rules in Amazon DynamoDB". Immutable. */
sealed interface Value {
    /** The name of the type in the protocol. */
    String type();

    record Text(String text) implements Value {
        @Override
        public String type() {
            return "S";
        }

        @Override
        public String toString() {
            return "{S:" + text + "}";
        }
    }

    /** Without trailing zeros, so that equal numbers are equal values. */
    record Num(BigDecimal number) implements Value {
        public Num {
            number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }

        @Override
        public String type() {
            return "N";
        }

        @Override
        public String toString() {
            return "{N:" + Numbers.format(number) + "}";
        }
    }

    record Bytes(byte[] bytes) implements Value, Comparable<Bytes> {
        @Override
        public String type() {
            return "B";
        }

        /** Byte by byte, unsigned. */
        @Override
        public int compareTo(Bytes other) {
            return Arrays.compareUnsigned(bytes, other.bytes);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "{B:" + Base64.getEncoder().encodeToString(bytes) + "}";
        }
    }

    record Bool(boolean flag) implements Value {
        @Override
        public String type() {
            return "BOOL";
        }
    }

    record Null() implements Value {
        @Override
        public String type() {
            return "NULL";
        }
    }

    record ListOf(List<Value> elements) implements Value {
        @Override
        public String type() {
            return "L";
        }
    }

    record MapOf(Map<String, Value> entries) implements Value {
        @Override
        public String type() {
            return "M";
        }
    }

    /** A set of strings, numbers or byte strings: {@code SS}, {@code NS} or {@code BS}. Never empty; the order is no part of it. */
    record SetOf(String type, Set<Value> elements) implements Value {}
}
