package io.headwater.esdb;

class LongTermProjectionContainerTckTest extends ContainerTck {
    LongTermProjectionContainerTckTest() {
        super("esdb.long.term.image", "projection");
    }
}
