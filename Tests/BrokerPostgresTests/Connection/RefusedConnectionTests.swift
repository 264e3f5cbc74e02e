import IdentityBroker
import PostgresTesting
import Testing

@testable import BrokerPostgres

@Suite("A refused connection")
struct RefusedConnectionTests {
    @Test(
        "is told from an unreachable server by the code in the message, which is left out",
        arguments: [
            (
                """
                connection to server at "127.0.0.1", port 5432 failed: FATAL:  28P01: password authentication failed for \
                user "broker"
                LOCATION:  auth_failed, auth.c:326

                """,
                """
                connection to server at "127.0.0.1", port 5432 failed: FATAL:  password authentication failed for user \
                "broker"
                """,
                "28P01", StoreFailure.Reason.denied
            ),
            (
                "connection to server failed: FATAL:  3D000: database \"x\" does not exist\nLOCATION:  InitPostgres, postinit.c:885\n",
                "connection to server failed: FATAL:  database \"x\" does not exist", "3D000", .denied
            ),
            (
                "FATAL:  57P03: the database system is starting up\n", "FATAL:  the database system is starting up",
                "57P03", .unreachable
            ),
            (
                "FATAL:  53300: sorry, too many clients already\n", "FATAL:  sorry, too many clients already", "53300",
                .overloaded
            ),
            (
                "connection to server at \"a\" failed: Connection refused\n\tIs the server running?\n",
                "connection to server at \"a\" failed: Connection refused \tIs the server running?", nil, .unreachable
            ),
        ] as [(String, String, String?, StoreFailure.Reason)]
    )
    func message(text: String, reason: String, code: String?, kind: StoreFailure.Reason) {
        let failure = PostgresFailure(refusedWith: text)
        #expect(failure.reason == reason && failure.code == code && failure.kind == kind)
        #expect(!failure.mayHaveHappened)
    }

    @Test(
        "says what to do about it",
        arguments: [
            ("28P01", "Check the store's user and password, and pg_hba.conf on the server."),
            ("28000", "Check the store's user and password, and pg_hba.conf on the server."),
            ("3D000", "Create the database, or name another one in the store's url."),
            ("42501", "Grant the broker's user what it needs."),
        ])
    func remedy(code: String, advice: String) {
        let failure = PostgresFailure("no", code: code, mayHaveHappened: false)
        #expect(failure.explanation == "no. \(advice)")
    }
}
