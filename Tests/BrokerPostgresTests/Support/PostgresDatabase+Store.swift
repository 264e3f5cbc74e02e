import IdentityBroker
import Logging
import PostgresTesting

@testable import BrokerPostgres

extension PostgresDatabase {
    /// A store in this database.
    func store(
        user: String = "broker",
        options: PostgresOptions = PostgresOptions(),
        backoff: Backoff = Backoff()
    ) throws -> PostgresStore {
        try PostgresStore(
            url: Secret(server.url(database: name, user: user)),
            options: options,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            backoff: backoff
        )
    }
}
