package io.headwater.esdb;

class NewestContainerTckTest extends ContainerTck {
    NewestContainerTckTest() {
        super("esdb.newest.image", "auto");
    }
}
