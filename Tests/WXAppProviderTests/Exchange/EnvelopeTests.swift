import IdentityBroker
import Testing

@Suite("Envelopes")
struct EnvelopeTests {
    static let record = Scenario.record

    static let accepted: [JSON] = {
        let text: JSON = .string(#"{"_id":"\#(Scenario.userId)"}"#)
        let inner: JSON = ["code": 200, "message": "ok", "data": record]
        let innerText: JSON = .string(#"{"code":"200","data":{"_id":"\#(Scenario.userId)"}}"#)
        return [
            record,
            ["id": .string(Scenario.userId)],
            ["userId": .string(Scenario.userId)],
            ["code": 200, "message": "ok", "data": record],
            ["code": "200", "message": "ok", "data": record],
            ["code": 200, "data": text],
            ["code": "200", "data": text],
            ["code": 200, "data": inner],
            ["code": 200, "data": innerText],
            ["code": 200, "data": ["data": text]],
            ["statusCode": 200, "message": "ok", "requestId": "r", "data": record],
            ["statusCode": "200", "apiCode": .null, "data": record],
            ["statusCode": 200, "data": ["statusCode": 200, "data": text]],
            ["data": record],
            ["id": "request-1", "data": record],
        ]
    }()

    @Test("of every documented form are opened, with 200 and 201", arguments: accepted, [200, 201])
    func opened(body: JSON, status: Int) async throws {
        let identity = try await Scenario(answer: .json(body, status: status)).identity()
        #expect(identity.subject == Scenario.userId)
    }

    @Test(
        "may begin with a byte order mark, as may the JSON text inside them (RFC 8259 §8.1)",
        arguments: [
            "\u{FEFF}{\"_id\":\"\(Scenario.userId)\"}",
            "\u{FEFF}{\"code\":200,\"data\":\"\u{FEFF}{\\\"_id\\\":\\\"\(Scenario.userId)\\\"}\"}",
        ])
    func byteOrderMark(body: String) async throws {
        let identity = try await Scenario(answer: .text(body)).identity()
        #expect(identity.subject == Scenario.userId)
    }

    static let withoutRecord: [JSON] = [
        [:],
        ["code": 200],
        ["code": 200, "message": "ok", "data": .null],
        ["code": 200, "data": ""],
        ["code": 200, "data": "ticket expired"],
        ["code": 200, "data": []],
        ["code": 200, "data": [["_id": "5e57540f84622ae263294a42"]]],
        ["code": 200, "data": "\"5e57540f84622ae263294a42\""],
        ["code": 200, "data": ["nickname": "John Doe"]],
        ["code": 200, "_id": "5e57540f84622ae263294a42"],
        ["statusCode": 200, "id": "request-1", "message": "ok"],
        ["id": "request-1", "error": "invalid_ticket"],
        ["id": "request-1", "data": .null],
        ["id": "request-1", "data": ["nickname": "John Doe"]],
        ["errors": [["message": ["code": 2020]]], "data": .null],
        ["nickname": "John Doe", "unionid": "o0pqE6Fbr5M-exSu_PeL_sjwN44U"],
        ["data": ["data": ["data": ["_id": "5e57540f84622ae263294a42"]]]],
        ["code": 200, "data": ["code": 200, "data": ["code": 200, "data": ["_id": "a"]]]],
    ]

    @Test("without a record are not a success, whatever they claim", arguments: withoutRecord)
    func noRecord(body: JSON) async throws {
        let failure = try await Scenario(answer: .json(body)).failure()
        #expect(failure?.kind == .upstreamMisbehaved)
        #expect(failure?.credential == .spent)
    }

    @Test("whose code is not a number are not understood", arguments: ["OK", true, 200.5, "", [200], "+200"] as [JSON])
    func unintelligibleCode(code: JSON) async throws {
        let failure = try await Scenario(answer: .json(["code": code, "data": Self.record])).failure()
        #expect(failure?.kind == .upstreamMisbehaved)
    }

    @Test("with a status other than 200 and 201 are not a success, even with a record", arguments: [202, 204, 206])
    func otherSuccess(status: Int) async throws {
        let failure = try await Scenario(answer: .json(Self.record, status: status)).failure()
        #expect(failure?.kind == .upstreamMisbehaved)
    }
}
