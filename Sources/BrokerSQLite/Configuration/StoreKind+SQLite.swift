public import IdentityBroker

extension StoreKind {
    /// ``SQLiteStore``.
    public static let sqlite = StoreKind(
        name: "sqlite",
        documentation: """
            Keeps everything in one SQLite database file, for all broker processes of one machine and across restarts.
            """,
        settings: [
            .optional(
                "path",
                .path,
                default: "broker.sqlite",
                """
                The database file, on a disk of this machine. It is made where there is none, for its owner only; its \
                directory has to exist and to be writable, since SQLite keeps two more files beside it.
                """
            ),
            .optional(
                "auditRetention",
                .duration,
                default: "2160h",
                "How long audit events are kept. Longer takes more disk, some 250 bytes a login."
            ),
        ],
        check: { decoder, context, scope in
            try DatabaseFile.inspect(
                path: SQLiteSettings(from: decoder).path, reading: scope.records,
                waitingForLocks: context.openingTimeout)
        },
        makeStore: { decoder, context in
            let settings = try SQLiteSettings(from: decoder)
            guard let auditRetention = settings.auditRetention else {
                return try SQLiteStore(
                    path: settings.path, openingTimeout: context.openingTimeout, logger: context.logger)
            }
            return try SQLiteStore(
                path: settings.path, auditRetention: auditRetention, openingTimeout: context.openingTimeout,
                logger: context.logger)
        }
    )
}
