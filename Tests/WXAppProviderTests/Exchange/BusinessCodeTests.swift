import HTTPTypes
import IdentityBroker
import Testing

@Suite("Business codes")
struct BusinessCodeTests {
    struct Row: Sendable {
        let kind: BrokerError.Kind
        let codes: [Int]
    }

    static let table: [Row] = [
        Row(kind: .upstreamUnavailable, codes: [500, 502, 503, 1000, 601, 602, 603]),
        Row(kind: .rateLimited, codes: [429, 2000, 2100]),
        Row(kind: .invalidCredential, codes: [2206, 2207, 2241, 2300, 1920, 1921, 1922, 1923]),
        Row(kind: .invalidCredential, codes: [0, -1, 1, 201, 400, 410, 422, 499, 1924, 2006, 2333, 9999, 12_345_678]),
        Row(
            kind: .accessDenied,
            codes: [2004, 2005, 2031, 2036, 2_120_008, 2_130_010, 1576, 2026, 2035, 2200, 2213, 2215]
        ),
        Row(kind: .interactionRequired, codes: [1635, 1636, 1639, 1640, 1641, 1642, 1643, 2058, 2921]),
        Row(kind: .misconfigured, codes: [1001, 2010, 2011, 2020, 2040, 2101, 2224, 402, 2002, 4021, 501]),
        Row(kind: .misconfigured, codes: [401, 403, 404, 405]),
    ]

    static let codes: [(Int, BrokerError.Kind)] = table.flatMap { row in row.codes.map { ($0, row.kind) } }

    /// A failure in each of GenAuth's forms, with the code as a number and as text.
    static func bodies(code: Int) throws -> [JSON] {
        let number = JSON.number(Double(code))
        let text = JSON.string("\(code)")
        let inner: JSON = ["code": number, "message": "no", "data": .null]
        return [
            ["code": number, "message": "no"],
            ["code": text, "message": "no", "data": .null],
            ["code": number, "data": Scenario.record],
            ["statusCode": number, "message": "no"],
            ["statusCode": 499, "apiCode": text, "message": "no", "data": .null],
            ["statusCode": 200, "apiCode": number, "data": Scenario.record],
            ["code": 200, "data": inner],
            ["code": 200, "data": try inner.embedded],
            ["code": 200, "data": ["code": text, "data": Scenario.record]],
            Scenario.record.with(["code": number]),
        ]
    }

    @Test("have the kind from the table, in every envelope", arguments: codes)
    func kind(code: Int, kind: BrokerError.Kind) async throws {
        for body in try Self.bodies(code: code) {
            let failure = try await Scenario(answer: .json(body)).failure()
            #expect(failure?.kind == kind, "\(body)")
            #expect(failure?.upstreamCode == ("\(code)".count <= 7 ? "\(code)" : nil), "\(body)")
            #expect(failure?.credential == .spent)
        }
    }

    @Test("outrank the HTTP status", arguments: [200, 201, 204, 400, 401, 404, 410, 429, 500, 503])
    func outrank(status: Int) async throws {
        let failure = try await Scenario(answer: .json(["code": 2005], status: status)).failure()
        #expect(failure?.kind == .accessDenied)
        #expect(failure?.upstreamCode == "2005")
    }

    @Test("for success do not outrank a failure status")
    func successUnderFailure() async throws {
        let body: JSON = ["code": 200, "data": Scenario.record]
        let failure = try await Scenario(answer: .json(body, status: 500)).failure()
        #expect(failure?.kind == .upstreamUnavailable)
    }

    @Test("have the provider's own message, never the upstream's")
    func message() async throws {
        let body: JSON = ["code": 2005, "message": "<script>alert(1)</script>\r\n17670416754"]
        let failure = try await Scenario(answer: .json(body)).failure()
        #expect(failure?.message == "GenAuth has locked this user.")
    }
}
