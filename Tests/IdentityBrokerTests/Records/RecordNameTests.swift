import Foundation
import IdentityBroker
import Testing

@Suite("The names of records")
struct RecordNameTests {
    @Test("are visible ASCII of 1 to 255 characters", arguments: [("a", true), ("~!\"\\:", true), ("", false)])
    func ids(text: String, isOne: Bool) {
        #expect((RecordID(text) != nil) == isOne)
    }

    @Test("are nothing else", arguments: [" ", "a b", "a\u{0}", "é", "e\u{301}", "\u{7F}", "a\n"])
    func noIDs(text: String) {
        #expect(RecordID(text) == nil)
    }

    @Test("have a bound")
    func bounds() {
        #expect(RecordID(String(repeating: "x", count: 255)) != nil)
        #expect(RecordID(String(repeating: "x", count: 256)) == nil)
        #expect(RecordKind(String(repeating: "x", count: 63)) != nil)
        #expect(RecordKind(String(repeating: "x", count: 64)) == nil)
    }

    @Test("of kinds are a letter followed by letters, digits and underscores", arguments: ["a", "a_1", "a1b"])
    func kinds(text: String) {
        #expect(RecordKind(text)?.rawValue == text)
    }

    @Test("of kinds are nothing else", arguments: ["", "1a", "_a", "A", "aB", "a-b", "a:b", "ä"])
    func noKinds(text: String) {
        #expect(RecordKind(text) == nil)
    }

    @Test("are ordered by kind, and then by bytes")
    func order() throws {
        let ids = try ["A", "B", "a", "a0", "~"].map { try #require(RecordID($0)) }
        #expect(ids.reversed().sorted() == ids)
        let keys = [RecordKey(kind: "b", id: ids[0]), RecordKey(kind: "a", id: ids[1])]
        #expect(keys.sorted() == [keys[1], keys[0]])
    }

    @Test("of UUIDs are in lower case")
    func uuid() throws {
        let uuid = try #require(UUID(uuidString: "7D444840-9DC0-11D1-B245-5FFDCE74FAD2"))
        #expect(RecordID(uuid).rawValue == "7d444840-9dc0-11d1-b245-5ffdce74fad2")
    }

    @Test("of owners are in one text, in order")
    func owners() {
        let id: RecordID = "x:y"
        let owners: Set<RecordOwner> = [.session(id), RecordOwner(kind: "account", id: id)]
        #expect(RecordOwnerList.text(of: owners) == "account:x:y session:x:y")
        #expect(RecordOwnerList.owners(in: "account:x:y session:x:y") == owners)
        #expect(RecordOwnerList.owners(in: "") == [])
        for text in ["account", "account:", ":x", "Account:x", "account:é"] {
            #expect(RecordOwnerList.owners(in: text) == nil, "\(text)")
        }
    }
}
