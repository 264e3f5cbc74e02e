import IdentityBroker
import Testing

@Suite("HTTP statuses without a business code")
struct HTTPStatusTests {
    static let table: [(Int, BrokerError.Kind)] = [
        (400, .invalidCredential),
        (401, .misconfigured),
        (402, .misconfigured),
        (403, .misconfigured),
        (404, .misconfigured),
        (405, .misconfigured),
        (409, .invalidCredential),
        (410, .invalidCredential),
        (418, .invalidCredential),
        (422, .invalidCredential),
        (429, .rateLimited),
        (500, .upstreamUnavailable),
        (501, .upstreamUnavailable),
        (502, .upstreamUnavailable),
        (503, .upstreamUnavailable),
        (504, .upstreamUnavailable),
        (599, .upstreamUnavailable),
        (204, .upstreamMisbehaved),
        (302, .upstreamMisbehaved),
    ]

    static let bodies = [
        "", "<html>no</html>", "{", "{}", #"{"message":"no"}"#, #"{"_id":"5e57540f84622ae263294a42"}"#,
    ]

    @Test("decide, whatever the body is", arguments: table, bodies)
    func kind(row: (status: Int, kind: BrokerError.Kind), body: String) async {
        let failure = await Scenario(answer: .text(body, status: row.status)).failure()
        #expect(failure?.kind == row.kind)
        #expect(failure?.credential == .spent)
    }

    @Test("serve as the upstream's code")
    func code() async {
        #expect(await Scenario(answer: .text("", status: 403)).failure()?.upstreamCode == "403")
    }
}
