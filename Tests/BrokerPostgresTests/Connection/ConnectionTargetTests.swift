import IdentityBroker
import Testing

@testable import BrokerPostgres

@Suite("The connection string of a PostgreSQL store")
struct ConnectionTargetTests {
    private func sslMode(of url: String) throws -> String? {
        try ConnectionTarget(Secret(url)).withParameters { keywords, values in
            var index = 0
            while let keyword = keywords[index], let value = values[index] {
                if String(cString: keyword) == "sslmode" { return String(cString: value) }
                index += 1
            }
            return nil
        }
    }

    @Test(
        "shows only server and database in messages",
        arguments: [
            ("postgresql://me:pass-word@db.example:6543/identity", "db.example:6543/identity"),
            ("postgres://me:pass-word@one,two/identity", "one,two/identity"),
            ("host=/run/pg dbname=identity password=pass-word", "/run/pg/identity"),
            ("postgresql:///identity?password=pass-word", "the default server/identity"),
            ("postgresql://me:pass%40wo%2Frd@db/identity?host=@abstract", "@abstract/identity"),
            ("postgresql://me@one:1,two:2/identity", "one,two:1,2/identity"),
        ]
    )
    func description(url: String, description: String) throws {
        #expect(try ConnectionTarget(Secret(url)).description == description)
    }

    @Test(
        "is refused without repeating any of it",
        arguments: [
            "", "pass-word", "postgresql://me:pass%zzword@db/identity", "host='pass-word",
            "postgresql://db/x?pass=word",
            "postgresql://db/\u{0}pass-word", "dbname=x pass-word", "postgresql://me:x@pass-word@db/identity",
            "postgresql://me:12/pass-word@db/identity", "postgresql://me:pass-word/x@db:6543/identity",
            "postgresql://me:pass-word/x?@db", "postgres://me:x@pass-word/@db/identity", "host=db port=pass-word",
        ]
    )
    func refusal(url: String) {
        let error = #expect(throws: BrokerError.self) { try ConnectionTarget(Secret(url)) }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains("word") == false || error?.message.contains("pass-word") == false)
        #expect(error?.message.contains("pass%zz") == false)
    }

    @Test(
        "verifies a remote server's certificate, unless it says otherwise",
        arguments: [
            ("postgresql://db.example/x", "verify-full"), ("postgresql://192.0.2.1/x", "verify-full"),
            ("postgresql://localhost,db.example/x", "verify-full"), ("host=/run hostaddr=192.0.2.1", "verify-full"),
            ("postgresql://db.example/x?sslmode=require", nil), ("service=x", "verify-full"),
            ("postgresql://localhost/x?service=y", "verify-full"), ("service=x sslmode=require", nil),
            ("postgresql://localhost/x", nil), ("postgresql://127.0.0.9/x", nil), ("postgresql://[::1]/x", nil),
            ("postgresql:///x", nil), ("postgresql:///x?host=/run/pg", nil), ("host=@abstract", nil),
        ] as [(String, String?)]
    )
    func verification(url: String, mode: String?) throws {
        #expect(try sslMode(of: url) == mode)
    }

    @Test(
        "names a parameter that libpq would not try to connect with, without its value",
        arguments: [
            ("postgresql://db/x?sslmode=value", "sslmode"), ("service=no-such-value", "service"),
            ("postgresql://db/x?channel_binding=value", "channel_binding"),
            ("postgresql://db/x?target_session_attrs=value", "target_session_attrs"),
            ("postgresql://db:65536/x", "port"), ("postgresql://db:0/x", "port"), ("host=a,b port=1,2,3", "port"),
            ("host=a port=1,2", "port"), ("postgresql://db/x?keepalives_idle=value", "keepalives_idle"),
            ("postgresql://db/x?connect_timeout=5value", "connect_timeout"),
        ])
    func parameters(url: String, keyword: String) throws {
        let target = try ConnectionTarget(Secret(url))
        let error = #expect(throws: BrokerError.self) { try target.checkParameters() }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains("'\(keyword)'") == true && error?.message.contains("value") == false)
    }

    @Test(
        "may have any parameters that libpq would connect with",
        arguments: [
            "postgresql://db/x", "postgresql://one:1,two:65535/x", "postgresql://one,two/x", "host=a,b port=1",
            "postgresql://one:1,two/x", "postgresql:///x?connect_timeout=5&sslmode=disable&keepalives=0",
            "host=/run hostaddr=192.0.2.1 port=5432", "host=@abstract",
        ])
    func possibleParameters(url: String) throws {
        try ConnectionTarget(Secret(url)).checkParameters()
    }
}
