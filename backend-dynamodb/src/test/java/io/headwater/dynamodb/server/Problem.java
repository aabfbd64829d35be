package io.headwater.dynamodb.server;

/**
 * What can be wrong with an expression that has no error of syntax. Of several problems the service reports the first of the kind
 * that stands first here. Those from {@link #NOT_DEFINED} on belong to one comparison or function; the first one that has any is
 * reported.
 */
enum Problem {
    PARENTHESES,
    UNKNOWN_FUNCTION,
    MISUSED_FUNCTION,
    RESERVED_WORD,
    SECTION,
    NOT_DEFINED,
    OVERLAP,
    CONFLICT,
    OPERAND_COUNT,
    NOT_DISTINCT,
    OPERAND_TYPE;

    boolean isLocal() {
        return compareTo(NOT_DEFINED) >= 0;
    }
}
