package io.headwater.dynamodb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Condition expressions on one item, and what is refused. */
class ConditionsTest {
    private static final Map<String, Value> ITEM = ValueReader.attributes(
            json("{'name': {'S': 'abc'}, 'num': {'N': '5'}, 'bin': {'B': 'AQID'}, 'tags': {'SS': ['x', 'y']},"
                    + " 'nums': {'NS': ['1', '2']}, 'things': {'L': [{'S': 'x'}, {'N': '1'}]}, 'deep': {'M': {'a':"
                    + " {'L': [{'M': {'b': {'N': '1'}}}]}}}, 'nil': {'NULL': true}, 'yes': {'BOOL': true}}"));

    private static final String PLACEHOLDERS = "{'ExpressionAttributeNames': {'#n': 'name', '#never': 'never'},"
            + " 'ExpressionAttributeValues': {':abc': {'S': 'abc'}, ':b': {'S': 'b'}, ':five': {'N': '5.0'}, ':six': {'N':"
            + " '6'}, ':one': {'N': '1'}, ':x': {'S': 'x'}, ':ab': {'B': 'AQI='}, ':set': {'SS': ['y', 'x']}, ':S': {'S':"
            + " 'S'}, ':M': {'S': 'M'}, ':Q': {'S': 'Q'}, ':true': {'BOOL': true}}}";

    private static Map<String, Object> json(String text) {
        return Request.asObject(Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private static Condition parse(String expression) {
        return ConditionParser.parse(
                "ConditionExpression", expression, Placeholders.of(Request.of(json(PLACEHOLDERS))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#n = :abc",
                ":abc = #n",
                "num = :five",
                "num < :six AND num <= :five and num >= :five",
                "num <> :six",
                "gone <> :six",
                "gone <> nowhere",
                "NOT gone = :six",
                "NOT num > :six",
                "num BETWEEN :one AND :six",
                "num IN (:one, :five)",
                "attribute_exists(deep.a[0].b)",
                "attribute_not_exists(deep.a[1].b)",
                "deep.a[0].b = :one",
                "attribute_type(#n, :S)",
                "attribute_type(deep, :M)",
                "begins_with(#n, :abc)",
                "begins_with(bin, :ab)",
                "contains(#n, :b)",
                "contains(tags, :x)",
                "contains(nums, :one)",
                "contains(things, :one)",
                "contains(bin, :ab)",
                "tags = :set",
                "size(#n) > :one",
                "size(things) BETWEEN :one AND :five",
                ":six > size(tags)",
                "yes = :true",
                "(num = :one OR num = :five) AND #n = :abc",
                "num = :one AND num = :six OR #n = :abc",
                "NOT (num = :one) AND (NOT num = :six)",
                "(num) = (:five)"
            })
    void holds(String expression) {
        assertThat(parse(expression).holds(ITEM)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#n = :five",
                "gone = :six",
                "gone < :six",
                "nil > :six",
                "num > :six OR gone = #never",
                "num BETWEEN :six AND :six",
                "gone IN (:one, :x)",
                "contains(nil, :x)",
                "contains(tags, :one)",
                "begins_with(num, :x)",
                "size(num) > :one",
                "size(gone) > :one"
            })
    void does_not_hold(String expression) {
        assertThat(parse(expression).holds(ITEM)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        num = | Syntax error; token: "<EOF>", near: "="
        _num = :five | Syntax error; token: "_", near: "_num"
        num = :five) | Syntax error; token: ")", near: ":five)"
        num == :five | Syntax error; token: "=", near: "== :five"
        ((num = :five)) | The expression has redundant parentheses;
        status = :five | Attribute name is a reserved keyword; reserved keyword: status
        deep.Counter = :five | Attribute name is a reserved keyword; reserved keyword: Counter
        #gone = :five | An expression attribute name used in the document path is not defined; attribute name: #gone
        num = :gone | An expression attribute value used in expression is not defined; attribute value: :gone
        exists(num) | Invalid function name; function: exists
        Size(num) = :one | Invalid function name; function: Size
        size(num) | The function is not allowed to be used this way in an expression; function: size
            ((num = :one)) OR exists(status) | The expression has redundant parentheses;
            status = :gone OR num < :true | Attribute name is a reserved keyword; reserved keyword: status
            num = :gone = | Syntax error; token: "=", near: ":gone ="
        attribute_exists(num) = :true | The function is not allowed to be used this way in an expression; function: attribute_exists
        attribute_exists(:one) | Operator or function requires a document path; operator or function: attribute_exists
        begins_with(num) | Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1
        begins_with(num, :one) | Incorrect operand type for operator or function; operator or function: begins_with, operand type: N
        attribute_type(num, :Q) | Invalid attribute type name found; type: Q, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}
        num < :true | Incorrect operand type for operator or function; operator: <, operand type: BOOL
        num = num | The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [num]
        num BETWEEN :six AND :one | The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:6}, upper bound operand: AttributeValue: {N:1}
        num BETWEEN :six AND :x | The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:6}, upper bound operand: AttributeValue: {S:x}
        """)
    void refuses(String expression, String message) {
        assertThatThrownBy(() -> parse(expression)).hasMessage("Invalid ConditionExpression: " + message);
    }

    @Test
    void a_path_has_at_most_32_levels() {
        assertThat(parse("attribute_exists(deep" + ".a".repeat(31) + ")").holds(ITEM))
                .isFalse();
        assertThatThrownBy(() -> parse("attribute_exists(deep" + ".a".repeat(32) + ")"))
                .hasMessage(
                        "Invalid ConditionExpression: The document path has too many nesting levels; nesting levels: 33");
    }

    @ParameterizedTest
    @CsvSource({"4096, true", "4097, false"})
    void an_expression_has_a_greatest_size(int size, boolean allowed) {
        String expression = "num = :five" + " ".repeat(size - 11);
        if (allowed) {
            assertThat(parse(expression).holds(ITEM)).isTrue();
        } else {
            assertThatThrownBy(() -> parse(expression))
                    .hasMessageContaining("maximum allowed size; expression size: 4097");
        }
    }
}
