import BrokerTesting
import IdentityBroker
import Logging
import PostgresTesting
import broker_probe

@testable import BrokerPostgres

struct PostgresStoreFixture: StoreFixture {
    let isShared = true

    let faults: [StoreFault<PostgresDatabase>] = [
        StoreFault("another session has locked the tables") { database in
            let session = try await database.session()
            try await session.run("BEGIN")
            try await session.run(
                """
                LOCK TABLE identity_broker.reservation, identity_broker.audit_event, identity_broker.account,
                    identity_broker.account_identity, identity_broker.account_contact,
                    identity_broker.stored_record,
                    identity_broker.record_owner
                """)
            return { try await session.run("ROLLBACK") }
        },
        StoreFault("the server lets nobody in") { database in
            try await database.setOpen(false)
            return { try await database.setOpen(true) }
        },
        StoreFault("the connections are cut", stops: []) { database in
            try await database.terminateConnections()
            return {}
        },
        StoreFault("reservations cannot be written", stops: [.reserve, .conclude, .purge, .signIn]) {
            try await refuse("INSERT OR UPDATE OR DELETE", on: "reservation", in: $0)
        },
        StoreFault("events cannot be written", stops: [.append, .conclude, .signIn, .commit]) {
            try await refuse("INSERT", on: "audit_event", in: $0)
        },
        StoreFault("accounts cannot be written", stops: [.signIn]) {
            try await refuse("INSERT", on: "account", in: $0)
        },
        StoreFault("contacts cannot be written", stops: [.signIn]) {
            try await refuse("INSERT OR DELETE", on: "account_contact", in: $0)
        },
        StoreFault("records cannot be written", stops: [.purge, .commit, .signIn]) {
            try await refuse("INSERT OR UPDATE OR DELETE", on: "stored_record", in: $0)
        },
        StoreFault(
            "the table of events is missing", stops: [.append, .conclude, .purge, .signIn, .commit]
        ) { database in
            try await database.run("ALTER TABLE identity_broker.audit_event RENAME TO elsewhere")
            return { try await database.run("ALTER TABLE identity_broker.elsewhere RENAME TO audit_event") }
        },
    ]

    /// A database with the tables, which the others are copies of. A store makes them when it is first used, but the
    /// faults above are faults of tables.
    private static let prepared = Task {
        let database = try await PostgresServer.shared.database()
        let store = try PostgresStoreFixture().open(database)
        try await store.prepare()
        try await store.close()
        return database
    }

    func makeStorage() async throws -> PostgresDatabase {
        let template = try await Self.prepared.value.name
        return try await PostgresServer.shared.database(options: "TEMPLATE \(template)")
    }

    func open(_ database: PostgresDatabase) throws -> any BrokerStore {
        var options = PostgresOptions()
        // The default limits are longer than a test needs, and would apply to each call that reaches one.
        options.statementTimeout = .seconds(1)
        return try PostgresStore(
            url: Secret(database.url),
            options: options,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            backoff: Backoff(first: .microseconds(1), longest: .microseconds(1))
        )
    }

    func remove(_ database: PostgresDatabase) async throws { try await database.drop() }

    private static func refuse(
        _ events: String,
        on table: String,
        in database: PostgresDatabase
    ) async throws -> StoreFault<PostgresDatabase>.Repair {
        try await database.run(
            """
            CREATE TRIGGER refused BEFORE \(events) ON identity_broker.\(table)
            EXECUTE FUNCTION identity_broker.refuse_change()
            """
        )
        return { try await database.run("DROP TRIGGER refused ON identity_broker.\(table)") }
    }
}

extension PostgresStoreFixture: ProcessStoreFixture {
    var testDescription: String { "PostgreSQL" }

    func choice(for database: PostgresDatabase) -> StoreChoice {
        StoreChoice(kind: .postgres, settings: #"{"url":{"literal":"\#(database.url)"}}"#)
    }

    func supersede(_ database: PostgresDatabase) async throws {
        try await database.run("INSERT INTO identity_broker.migration VALUES (1000, 'of the future')")
    }
}
