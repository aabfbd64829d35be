package io.headwater.project.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.StreamId;
import io.headwater.project.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the SQLite backend's page says of its file, tried on a store that is open. */
class SqliteOperatingNotesTest {
    private final String page = Project.read(Project.ROOT.resolve("backend-sqlite/README.md"));

    @TempDir
    private Path folder;

    private EventStore store;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        Path file = folder.resolve("events.db");
        store = EventStores.open("sqlite:" + file);
        store.append(StreamId.of("order-1"), ExpectedVersion.noStream(), EventData.json("OrderPlaced", "{\"n\":1}"));
        store.append(StreamId.of("order-1"), ExpectedVersion.exactly(1), EventData.binary("Signed", new byte[7]));
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        store.close();
    }

    private List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.add(found.getString(found.getMetaData().getColumnCount()));
            }
        }
        return rows;
    }

    private String shown(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(page);
        assertThat(matcher.find()).as("the page has " + pattern).isTrue();
        return matcher.group(1);
    }

    @Test
    void every_table_is_listed_and_no_other() throws SQLException {
        String section = shown("(?s)## Schema\n(.*?)\n## ");
        List<String> listed = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| ")
                .matcher(section)
                .results()
                .map(row -> row.group(1))
                .toList();
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(query("SELECT name FROM sqlite_schema WHERE type = 'table'"));
    }

    @Test
    void the_query_to_look_at_events_works() throws SQLException {
        assertThat(query(shown("(?s)-readonly events\\.db \"(.*?)\""))).containsExactly("7 bytes", "{\"n\":1}");
    }

    @Test
    void application_id_and_format_are_as_shown() throws SQLException {
        assertThat(query("PRAGMA application_id"))
                .containsExactly(String.valueOf(Integer.decode(shown("`(0x[0-9a-f]+)`"))));
        assertThat(query("PRAGMA user_version")).containsExactly(shown("and the format, (\\d+)"));
    }

    @Test
    void a_copy_that_was_made_of_an_open_store_is_a_store() throws SQLException {
        Path copy = folder.resolve("copy.db");
        String vacuum = shown("\"(VACUUM INTO 'copy\\.db')\"").replace("copy.db", copy.toString());
        try (Statement statement = connection.createStatement()) {
            statement.execute(vacuum);
        }
        try (EventStore copied = EventStores.open("sqlite:" + copy + "?schema=validate")) {
            assertThat(copied.log(LogQuery.all()))
                    .containsExactlyElementsOf(store.log(LogQuery.all()).toList());
            assertThat(copied.head()).isEqualTo(store.head());
        }
    }

    @Test
    void the_files_beside_it_are_there_while_it_is_open_and_gone_after() throws SQLException {
        Path log = folder.resolve("events.db-wal");
        Path memory = folder.resolve("events.db-shm");
        assertThat(page).contains("`events.db-wal`", "`events.db-shm`");
        assertThat(log).exists();
        assertThat(memory).exists();
        connection.close();
        store.close();
        assertThat(Files.exists(log) || Files.exists(memory)).isFalse();
    }
}
