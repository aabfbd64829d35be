package io.headwater.dynamodb.server;

import java.util.Comparator;

/** How values of one type are ordered: "Supported data types and naming rules in Amazon DynamoDB". Strings by their UTF-8 bytes. */
final class Ordering {
    static final Comparator<Value> VALUES = Ordering::compare;

    private Ordering() {}

    static boolean isOrdered(Value value) {
        return value instanceof Value.Text || value instanceof Value.Num || value instanceof Value.Bytes;
    }

    /** Both are of one of the types that have an order. */
    static int compare(Value left, Value right) {
        if (left instanceof Value.Text text) {
            return compareUtf8(text.text(), ((Value.Text) right).text());
        }
        if (left instanceof Value.Num num) {
            return num.number().compareTo(((Value.Num) right).number());
        }
        return ((Value.Bytes) left).compareTo((Value.Bytes) right);
    }

    /** The order of UTF-8 bytes is that of code points: surrogates stand above all other characters. */
    static int compareUtf8(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean pair = Character.isSurrogate(a);
                return pair == Character.isSurrogate(b) ? Character.compare(a, b) : pair ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
