import BrokerTesting
import Foundation
import IdentityBroker
import broker_probe

@testable import BrokerSQLite

struct SQLiteStoreFixture: StoreFixture {
    let isShared = true
    let timeResolution = Duration.microseconds(1)

    let faults: [StoreFault<SQLiteStorage>] = [
        StoreFault("another process holds the write lock") { try $0.holdWriteLock() },
        StoreFault("the file is missing") { try $0.moveAway() },
        StoreFault("reservations cannot be written", stops: [.reserve, .conclude, .purge, .signIn]) {
            try $0.refuse(["INSERT", "UPDATE", "DELETE"], on: "reservation")
        },
        StoreFault("events cannot be written", stops: [.append, .conclude, .signIn, .commit]) {
            try $0.refuse(["INSERT"], on: "audit_event")
        },
        StoreFault("accounts cannot be written", stops: [.signIn]) {
            try $0.refuse(["INSERT"], on: "account")
        },
        StoreFault("contacts cannot be written", stops: [.signIn]) {
            try $0.refuse(["INSERT", "DELETE"], on: "account_contact")
        },
        StoreFault("records cannot be written", stops: [.commit, .signIn]) {
            try $0.refuse(["INSERT", "UPDATE", "DELETE"], on: "stored_record")
        },
        StoreFault("the table of events is missing", stops: [.append, .conclude, .purge, .signIn, .commit]) {
            try $0.rename("audit_event")
        },
    ]

    func makeStorage() throws -> SQLiteStorage { try SQLiteStorage() }

    func open(_ storage: SQLiteStorage) throws -> any BrokerStore {
        // The default limit on waiting for a lock is longer than a test needs, and would apply to each call that
        // reaches it.
        try SQLiteStore(path: storage.path, limits: WriterLimits(busyTimeout: .seconds(2)))
    }

    func remove(_ storage: SQLiteStorage) throws { try storage.remove() }
}

extension SQLiteStoreFixture: ProcessStoreFixture {
    var testDescription: String { "SQLite" }

    func choice(for storage: SQLiteStorage) -> StoreChoice {
        StoreChoice(kind: .sqlite, settings: #"{"path":"\#(storage.path)"}"#)
    }

    func supersede(_ storage: SQLiteStorage) throws { try storage.supersede() }
}
