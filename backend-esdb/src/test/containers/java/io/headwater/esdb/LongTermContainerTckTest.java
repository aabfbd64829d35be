package io.headwater.esdb;

class LongTermContainerTckTest extends ContainerTck {
    LongTermContainerTckTest() {
        super("esdb.long.term.image", "auto");
    }
}
