import Foundation
import IdentityBroker
import Testing

@Suite("The body of a record")
struct RecordBodyTests {
    struct Note: RecordBody, Codable, Equatable {
        static let recordKind: RecordKind = "note"
        var text: String
        var pages: [String: Int]
    }

    struct Sealed: RecordBody {
        static let recordKind: RecordKind = "sealed"

        struct Unsealed: Error {
            let secret = "canary-5ea1"
        }

        init() {}
        init(recordBody: Data) throws { throw Unsealed() }
        func recordBody() throws -> Data { throw Unsealed() }
    }

    private let id = RecordID(UUID())

    @Test("of a Codable type is always the same JSON")
    func json() throws {
        let record = Record(Note(text: "a/b", pages: ["two": 2, "one": 1]), id: id, owners: [.grant(UUID())])
        guard case .put(let stored) = try record.put() else {
            Issue.record("a put is another operation")
            return
        }
        #expect(String(decoding: stored.body, as: UTF8.self) == #"{"pages":{"one":1,"two":2},"text":"a/b"}"#)
        #expect(stored.key == Note.key(id))
        let read = try Record<Note>(stored)
        #expect(read.body == record.body && read.owners == record.owners && read.version == 1)
        let next = read.next(Note(text: "c", pages: [:]))
        #expect(next.version == 2 && next.id == id && next.owners == record.owners)
    }

    @Test("that cannot be read or written is reported by its kind, and nothing else")
    func undecodable() {
        let unread = #expect(throws: StoreFailure.self) {
            try Record<Sealed>(StoredRecord(key: Sealed.key(id), body: Data("canary-b0d1".utf8)))
        }
        let unwritten = #expect(throws: StoreFailure.self) { try Record(Sealed(), id: id).put() }
        #expect(unread?.reason == .corrupt)
        for failure in [unread, unwritten] {
            #expect(failure?.mayHaveHappened == false)
            let message = failure?.message ?? ""
            #expect(message.contains("sealed") && !message.contains("canary") && !message.contains(id.rawValue))
        }
    }

    @Test("of another kind is not read")
    func otherKind() {
        let stored = StoredRecord(key: Sealed.key(id), body: Data(#"{"text":"a","pages":{}}"#.utf8))
        #expect(throws: StoreFailure.self) { try Record<Note>(stored) }
    }
}
