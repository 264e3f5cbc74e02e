import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("What strangers can begin is bounded")
struct PendingRecordsTests {
    private static func id(_ number: Int) -> RecordID { RecordID("r\(number)") ?? "r" }

    private var records: PendingRecords {
        PendingRecords(PendingRecords.Limits(total: 4, client: 3), lifetime: .seconds(10))
    }

    @Test("When there are too many, the oldest that no one has gone on with goes")
    func oldest() {
        var records = records
        for number in 0..<3 {
            #expect(records.admit(Self.id(number), of: "a", at: .zero) == .admitted(deleting: nil))
        }
        records.begin(Self.id(0))
        #expect(records.admit(Self.id(3), of: "a", at: .zero) == .admitted(deleting: Self.id(1)))
        #expect(records.admit(Self.id(4), of: "a", at: .zero) == .admitted(deleting: Self.id(2)))
        #expect(records.count == 3)
    }

    @Test("Once people have gone on with all of them, no more begin until the time of one is over")
    func refused() {
        var records = records
        for number in 0..<3 {
            _ = records.admit(Self.id(number), of: "a", at: .seconds(number))
            records.begin(Self.id(number))
        }
        #expect(records.admit(Self.id(3), of: "a", at: .seconds(3)) == .refused)
        #expect(records.admit(Self.id(4), of: "b", at: .seconds(3)) == .admitted(deleting: nil))
        #expect(records.admit(Self.id(5), of: "a", at: .seconds(10)) == .admitted(deleting: nil))
    }

    @Test("When all clients together have too many, the one with the most makes room")
    func fairness() {
        var records = records
        for number in 0..<3 { _ = records.admit(Self.id(number), of: "flood", at: .zero) }
        _ = records.admit(Self.id(3), of: "web", at: .zero)
        #expect(records.admit(Self.id(4), of: "web", at: .zero) == .admitted(deleting: Self.id(0)))
    }

    @Test("One that was answered counts no more")
    func removed() {
        var records = records
        for number in 0..<3 { _ = records.admit(Self.id(number), of: "a", at: .zero) }
        records.remove(Self.id(1))
        records.remove(Self.id(1))
        #expect(records.admit(Self.id(3), of: "a", at: .zero) == .admitted(deleting: nil))
        #expect(records.admit(Self.id(4), of: "a", at: .zero) == .admitted(deleting: Self.id(0)))
    }

    @Test("However many come and go, it never has more than it may, and forgets none that waits")
    func longRun() {
        var records = PendingRecords(PendingRecords.Limits(total: 50, client: 30), lifetime: .seconds(100))
        var waiting: [RecordID] = []
        for number in 0..<20_000 {
            let (id, client) = (Self.id(number), "c\(number % 3)")
            switch records.admit(id, of: client, at: .milliseconds(number * 10)) {
            case .admitted(let former):
                if let former { #expect(waiting.contains(former)) }
                waiting.removeAll { $0 == former }
                waiting.append(id)
            case .refused:
                Issue.record("Nothing was begun.")
            }
            if number % 2 == 0, let answered = waiting.first {
                records.remove(answered)
                waiting.removeFirst()
            }
            #expect(records.count == waiting.count && records.count <= 50)
        }
    }
}

@Suite("Sealed text")
struct SealedTextTests {
    @Test("Only its secret opens it, and a store has nothing of the text")
    func sealed() throws {
        let sealed = try SealedText(Secret("code=abc"), for: Secret("state"))
        #expect(sealed.open(with: Secret("state")) == Secret("code=abc"))
        #expect(sealed.open(with: Secret("other")) == nil)
        let stored = try JSONEncoder().encode(sealed)
        #expect(!String(decoding: stored, as: UTF8.self).contains("abc"))
        #expect(
            try JSONDecoder().decode(SealedText.self, from: stored).open(with: Secret("state")) == Secret("code=abc"))
    }
}
