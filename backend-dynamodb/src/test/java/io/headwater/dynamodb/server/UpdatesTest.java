package io.headwater.dynamodb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Update expressions on one item: its list {@code l} is 1, 2, 3, its map {@code m} has {@code x}, {@code n} is 5. */
class UpdatesTest {
    private static final String ITEM = "{'n': {'N': '5'}, 'l': {'L': [{'N': '1'}, {'N': '2'}, {'N': '3'}]},"
            + " 'm': {'M': {'x': {'S': 'old'}}}, 's': {'SS': ['a', 'b']}}";
    private static final String PLACEHOLDERS = "{'ExpressionAttributeValues': {':n': {'N': '1'}, ':t': {'S': 'new'},"
            + " ':s': {'SS': ['b', 'c']}, ':all': {'SS': ['a', 'b']}, ':l': {'L': [{'N': '9'}]}, ':empty': {'L': []},"
            + " ':ns': {'NS': ['1']}, ':big': {'N': '1e50'}}}";

    private static Map<String, Object> json(String text) {
        return Request.asObject(Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private static String update(String expression) {
        Update update = new Update(UpdateParser.parse(expression, Placeholders.of(Request.of(json(PLACEHOLDERS)))));
        Map<String, Value> changed = update.applyTo(ValueReader.attributes(json(ITEM)));
        return new String(Json.write(ValueWriter.attributes(changed)), StandardCharsets.UTF_8).replace("\"", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SET n = :n | n:{N:1}
        SET n = n + :n | n:{N:6}
        SET n = n - :n | n:{N:4}
        SET n = if_not_exists(n, :n) + :n | n:{N:6}
        SET z = if_not_exists(z, :n) | z:{N:1}
        SET z = n, n = :n | n:{N:1},l
        SET m.x = :t | m:{M:{x:{S:new}}}
        SET m.y = :t | m:{M:{x:{S:old},y:{S:new}}}
        SET l[1] = :t | {N:1},{S:new},{N:3}
        SET l[9] = :t | {N:3},{S:new}
        SET l[9] = :t, l[7] = :n | {N:3},{N:1},{S:new}
        SET l = list_append(l, :l) | {N:3},{N:9}
        SET l = list_append(:l, l) | {N:9},{N:1}
        SET z = list_append(if_not_exists(z, :empty), :l) | z:{L:[{N:9}]}
        REMOVE l[0], l[2] | l:{L:[{N:2}]}
        REMOVE m.x | m:{M:{}}
        REMOVE n, gone | {l:
        ADD n :n | n:{N:6}
        ADD z :n | z:{N:1}
        ADD s :s | s:{SS:[a,b,c]}
        DELETE s :s | s:{SS:[a]}
        DELETE z :s | s:{SS:[a,b]}
        DELETE m.z :s | m:{M:{x:{S:old}}}
        DELETE s :all | m:{M:{x:{S:old}}}}
        set n = :n remove m add z :n | z:{N:1}
        """)
    void changes(String expression, String expected) {
        assertThat(update(expression)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        SET z = gone | The provided expression refers to an attribute that does not exist in the item
        SET z.y = :n | The document path provided in the update expression is invalid for update
        SET n.y = :n | The document path provided in the update expression is invalid for update
        DELETE z.y :s | The document path provided in the update expression is invalid for update
        SET n = :big + :n | Number overflow. Attempting to store a number with magnitude larger than supported range
        SET z = m + :n | An operand in the update expression has an incorrect data type
        SET z = list_append(n, :l) | An operand in the update expression has an incorrect data type
        ADD s :n | An operand in the update expression has an incorrect data type
        ADD s :ns | An operand in the update expression has an incorrect data type
        ADD n :t | Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND
        DELETE s :n | Invalid UpdateExpression: Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND
        SET n = n + :t | Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: +, operand type: S
        SET n = :n SET z = :n | Invalid UpdateExpression: The "SET" section can only be used once in an update expression;
        SET m = :n, m.x = :n | Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [m], path two: [m, x]
        SET m.x = :n, m[0] = :n | Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [m, x], path two: [m, [0]]
        SET n = attribute_exists(n) | Invalid UpdateExpression: The function is not allowed in an update expression; function: attribute_exists
        SET z = list_append(list_append(l, :l), :l) | Invalid UpdateExpression: The function is not allowed to be used this way in an expression; function: list_append
        SET _n = :n | Invalid UpdateExpression: Syntax error; token: "_", near: "SET _n"
        ADD n n | Invalid UpdateExpression: Syntax error; token: "n", near: "n n"
        SET n | Invalid UpdateExpression: Syntax error; token: "<EOF>", near: "n"
        """)
    void refuses(String expression, String message) {
        assertThatThrownBy(() -> update(expression)).hasMessage(message);
    }
}
