public import IdentityBroker

extension StoreKind {
    /// ``PostgresStore``.
    public static let postgres = StoreKind(
        name: "postgres",
        documentation: """
            Keeps everything in a PostgreSQL database (14 or newer), for all broker processes on any number of machines. \
            Nothing is asked of the server before the first login.
            """,
        settings: [
            .required(
                "url",
                .secret,
                """
                The database as libpq writes it, such as postgresql://broker@db.example/identity?sslmode=verify-full; \
                a secret, since it can hold a password. To a server on another machine the certificate is verified \
                (verify-full) unless it says otherwise.
                """
            ),
            .optional(
                "schema",
                .text,
                default: PostgresOptions().schema,
                "The schema of the broker's tables. It is made where there is none."
            ),
            .optional(
                "connections",
                .integer(1...64),
                default: "\(PostgresOptions().connections)",
                "The most connections that one process opens. One carries thousands of logins a second."
            ),
            .optional(
                "connectTimeout",
                .duration,
                default: "5s",
                "How long a connection may take to be made. Logins that wait for it fail then."
            ),
            .optional(
                "statementTimeout",
                .duration,
                default: "5s",
                "How long the server may take for what it is asked. At most 20s."
            ),
            .optional(
                "auditRetention",
                .duration,
                default: "2160h",
                "How long audit events are kept. Longer takes more disk, some 400 bytes a login."
            ),
        ],
        check: { decoder, context, scope in
            let settings = try PostgresSettings(from: decoder)
            try settings.options.check()
            let target = try ConnectionTarget(try context.resolve(settings.url))
            try target.checkParameters()
            let advice = target.advice.map { [$0] } ?? []
            guard !scope.isOffline else { return StoreInspection(advice: advice) }
            return StoreInspection(
                records: try settings.options.check(target, reading: scope.records), advice: advice)
        },
        makeStore: { decoder, context in
            let settings = try PostgresSettings(from: decoder)
            return try PostgresStore(
                url: try context.resolve(settings.url), options: settings.options, logger: context.logger)
        }
    )
}

extension PostgresOptions {
    /// Connects, checks what a store would check, and reads records.
    fileprivate func check(
        _ target: ConnectionTarget,
        reading keys: [RecordKey]
    ) throws(BrokerError) -> [StoredRecord] {
        let migrator = Migrator(name: schema, transaction: Transaction(statementTimeout: statementTimeout))
        do throws(PostgresFailure) {
            let connection = try PostgresConnection(to: target, within: connectTimeout)
            return try migrator.check(
                connection, reading: keys, with: StoreStatements(schema: "\"\(schema)\""))
        } catch {
            let error = error.atStart
            throw BrokerError(
                error.kind.needsOperator ? .misconfigured : .unavailable,
                "The database \(target.description) cannot be used: \(error.explanation)")
        }
    }
}
