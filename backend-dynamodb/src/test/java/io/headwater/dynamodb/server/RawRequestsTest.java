package io.headwater.dynamodb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocol as bytes. */
class RawRequestsTest extends Fixture {
    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<byte[]> send(String operation, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.endpoint())
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8).replace('"', '\'');
    }

    @Test
    void a_reply_has_its_checksum_an_id_and_a_type() throws Exception {
        HttpResponse<byte[]> response = send("ListTables", "{}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(response)).isEqualTo("{'TableNames':['things']}");
        CRC32 checksum = new CRC32();
        checksum.update(response.body());
        assertThat(response.headers().firstValue("x-amz-crc32")).contains("" + checksum.getValue());
        assertThat(response.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.0");
        assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
    }

    @Test
    void the_root_tells_that_the_server_is_there() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(200);
        assertThat(text(get("/")).strip())
                .isEqualTo("healthy: " + server.endpoint().getAuthority());
        assertThat(get("/else").statusCode()).isEqualTo(404);
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(server.endpoint().resolve(path)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void an_item_is_written_and_read() throws Exception {
        String item = "{'pk':{'S':'a'},'sk':{'S':'1'},'n':{'N':'1'}}";
        assertThat(text(send("PutItem", "{'TableName':'things','Item':" + item + "}")))
                .isEqualTo("{}");
        assertThat(text(send("GetItem", "{'TableName':'things','Key':{'pk':{'S':'a'},'sk':{'S':'1'}}}")))
                .isEqualTo("{'Item':" + item + "}");
    }

    @Test
    void a_cancelled_transaction_lists_its_reasons() throws Exception {
        put("a", "1");
        String put = "{'Put':{'TableName':'things','Item':{'pk':{'S':'a'},'sk':{'S':'1'}},"
                + "'ConditionExpression':'attribute_not_exists(pk)','ReturnValuesOnConditionCheckFailure':'ALL_OLD'}}";
        String other = "{'Put':{'TableName':'things','Item':{'pk':{'S':'a'},'sk':{'S':'2'}}}}";
        HttpResponse<byte[]> response = send("TransactWriteItems", "{'TransactItems':[" + other + "," + put + "]}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(text(response))
                .isEqualTo(
                        "{'__type':'com.amazonaws.dynamodb.v20120810#TransactionCanceledException','Message':'Transaction"
                                + " cancelled, please refer cancellation reasons for specific reasons [None,"
                                + " ConditionalCheckFailed]','CancellationReasons':[{'Code':'None'},{'Code':'ConditionalCheckFailed','Message':'The"
                                + " conditional request failed','Item':{'pk':{'S':'a'},'sk':{'S':'1'}}}]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        ExecuteStatement | {} | UnknownOperationException | DynamoServer does not offer PartiQL: ExecuteStatement
        UpdateTimeToLive | {} | UnknownOperationException | does not offer time to live
        DescribeStream | {} | UnknownOperationException | does not offer streams
        TagResource | {} | UnknownOperationException | does not offer tags beyond creation
        UpdateTable | {} | UnknownOperationException | does not offer changes of tables
        NoSuchThing | {} | UnknownOperationException | has no operation NoSuchThing
        Query | {'TableName':'things','IndexName':'i'} | ValidationException | does not offer reads of secondary indexes: IndexName
        CreateTable | {'TableName':'xyz','StreamSpecification':{}} | ValidationException | does not offer streams
        GetItem | {'TableName':'things','AttributesToGet':['a']} | ValidationException | does not offer a legacy parameter: AttributesToGet
        PutItem | {'TableName':'things','Expected':{}} | ValidationException | does not offer a legacy parameter: Expected
        Query | {'TableName':'things','KeyConditions':{}} | ValidationException | does not offer a legacy parameter: KeyConditions
        PutItem | {'TableName':'things','Itme':{}} | SerializationException | unknown member: Itme
        PutItem | {'TableName':'things','Item':[]} | SerializationException | START_ARRAY instead of a structure
        PutItem | {'TableName':7} | SerializationException | NUMBER_VALUE cannot be converted to String
        PutItem | {'TableName' | SerializationException | the request is not JSON
        PutItem | {'Item':{}} | ValidationException | Value null at 'tableName' failed to satisfy constraint: Member must not be null
        PutItem | {'TableName':'things'} | ValidationException | Value null at 'item' failed to satisfy constraint: Member must not be null
        PutItem | {'TableName':'things','Item':{'a':{}}} | ValidationException | Supplied AttributeValue is empty
        PutItem | {'TableName':'things','Item':{'a':{'S':'a','N':'1'}}} | ValidationException | has more than one datatypes set
        PutItem | {'TableName':'things','Item':{'a':{'N':'1x'}}} | ValidationException | cannot be converted to a numeric value: 1x
        GetItem | {'TableName':'things','Key':{'pk':{'S':'a'}}} | ValidationException | The provided key element does not match the schema
        PutItem | {'TableName':'things','Item':{'a':{'B':'YWI'}}} | SerializationException | Base64 encoded length is expected a multiple of 4 bytes but found: 3
        BatchWriteItem | {'RequestItems':{'things':[null]}} | SerializationException | NULL_VALUE instead of a structure
        BatchWriteItem | {'RequestItems':{'things':[{'PutRequest':null}]}} | ValidationException | Supplied WriteRequest is empty
        CreateTable | {'TableName':'xyz','KeySchema':[{'KeyType':'HASH'}],'AttributeDefinitions':[{'AttributeType':'S'}]} | ValidationException | 2 validation errors detected: Value null at 'attributeDefinitions.1.member.attributeName'
        GetItem | {'TableName':'nothing','Key':{}} | ResourceNotFoundException | Requested resource not found
        """)
    void what_is_refused_is_named(String operation, String body, String type, String message) throws Exception {
        HttpResponse<byte[]> response = send(operation, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(text(response)).contains("#" + type + "'").contains(message);
    }
}
