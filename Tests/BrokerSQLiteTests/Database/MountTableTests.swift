import Testing

@testable import BrokerSQLite

@Suite("The mount points of a process")
struct MountTableTests {
    private static let text = #"""
        22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
        31 22 0:27 /one/broker.sqlite /two/broker.sqlite rw - tmpfs tmpfs rw
        32 22 0:27 / /with\040a\134space rw master:3 - tmpfs tmpfs rw
        """#

    @Test(
        "are read from the kernel's table, with its escapes",
        arguments: [
            ("/", true), ("/two/broker.sqlite", true), (#"/with a\space"#, true), ("/one/broker.sqlite", false),
            ("/two", false), (#"/with\040a\134space"#, false), ("", false),
        ])
    func points(path: String, isMounted: Bool) {
        #expect(MountTable(Self.text).contains(path) == isMounted)
    }

    @Test("include the root, and no ordinary file", .enabled(if: MountTable.ofProcess.contains("/")))
    func ownProcess() {
        #expect(!MountTable.ofProcess.contains(#filePath))
    }
}
