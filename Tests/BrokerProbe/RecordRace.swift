package import Foundation
package import IdentityBroker

/// Has many callers consume the same records, each together with another record in the opposite order of every second
/// caller, and reports which were won.
package struct RecordRace: Codable, Sendable {
    private let records: Int
    private let callers: Int

    /// - Parameters:
    ///   - records: The number of records. The same number is the same record in every process.
    ///   - callers: The number of simultaneous callers for each.
    package init(records: Int, callers: Int) {
        self.records = records
        self.callers = callers
    }

    /// Puts the records that the processes race for.
    package func prepare(_ store: any BrokerStore) async throws {
        for number in 0..<records {
            let operations: [StoreOperation] = [.put(Self.record(number, "left")), .put(Self.record(number, "right"))]
            _ = try await store.commit(operations, at: Self.now)
        }
    }

    func run(on store: any BrokerStore, _ report: @escaping @Sendable (ProbeLine) -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<records * callers {
                let (record, caller) = (number % records, number / records)
                let pair = [Self.record(record, "left"), Self.record(record, "right")].map {
                    StoreOperation.consume($0.key)
                }
                group.addTask {
                    let operations = caller.isMultiple(of: 2) ? pair : pair.reversed()
                    guard case .done = try await store.commit(operations, at: Self.now) else { return }
                    report(.won(record))
                }
            }
            try await group.waitForAll()
        }
    }

    /// The time on the probe's clock.
    package static let now = Date(timeIntervalSince1970: 1_767_323_045)

    private static func record(_ number: Int, _ side: RecordKind) -> StoredRecord {
        StoredRecord(
            key: RecordKey(kind: side, id: RecordID(digestOf: Array("\(number)".utf8))),
            expiry: now.addingTimeInterval(86_400), body: Data())
    }
}
