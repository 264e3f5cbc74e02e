import IdentityBroker
import LoopbackServer
import NIOConcurrencyHelpers

/// The fixture's upstream, and how it answers each person.
final class UpstreamStage<Fixture: ProviderFixture>: Sendable {
    /// A person who is expected, and their requests so far.
    private struct Guest: Sendable {
        let person: ProviderConformance.Person
        let treatment: Treatment
        var requests: [ReceivedRequest] = []
    }

    private let fixture: Fixture
    private let guests = NIOLockedValueBox<[Guest]>([])
    private let shared = NIOLockedValueBox(Shared())

    /// The requests that concern no person.
    private struct Shared: Sendable {
        var requestCount = 0
        var answer: (@Sendable (ServerResponse) -> ServerScript)?
        /// How many tokens the app has been issued.
        var tokenCount = 0
    }

    init(_ fixture: Fixture) {
        self.fixture = fixture
    }

    /// From now on, requests with the person's tag are answered like this and counted from zero.
    func expect(_ person: ProviderConformance.Person, _ treatment: Treatment) {
        guests.withLockedValue { guests in
            guests.removeAll { $0.person.tag == person.tag }
            guests.append(Guest(person: person, treatment: treatment))
        }
    }

    /// The requests with the person's tag, in the order of arrival.
    func requests(of person: ProviderConformance.Person) -> [ReceivedRequest] {
        guests.withLockedValue { $0 }.first { $0.person.tag == person.tag }?.requests ?? []
    }

    /// How many requests that concern no person have arrived.
    var sharedRequestCount: Int { shared.withLockedValue { $0.requestCount } }

    /// From now on, requests that concern no person are answered with what this makes of the correct answer; nil for
    /// the correct answer itself.
    func answerShared(by answer: (@Sendable (ServerResponse) -> ServerScript)?) {
        shared.withLockedValue { $0.answer = answer }
    }

    /// Whether a request concerns no person who is expected.
    func isShared(_ request: ReceivedRequest) -> Bool {
        let text = request.haystack
        return !guests.withLockedValue { $0 }.contains { text.contains(Array($0.person.tag.utf8)) }
    }

    func answer(_ request: ReceivedRequest) -> ServerScript {
        let text = request.haystack
        let guest = guests.withLockedValue { guests -> Guest? in
            guard let index = guests.lastIndex(where: { text.contains(Array($0.person.tag.utf8)) }) else { return nil }
            guests[index].requests.append(request)
            return guests[index]
        }
        guard let guest else {
            let answer = shared.withLockedValue { shared in
                shared.requestCount += 1
                return shared.answer
            }
            let correct = withNewToken(fixture.response(to: request) ?? .unknown)
            return answer?(correct) ?? [.respond(correct)]
        }
        let (person, treatment) = (guest.person, guest.treatment)
        guard let script = treatment.answers[guest.requests.count] else {
            return [.respond(response(to: request, about: person, as: treatment.variant))]
        }
        return script(
            Scene(
                correct: response(to: request, about: person, as: .correct),
                ofAnother: response(to: request, about: person.another, as: .correct)
            )
        )
    }

    private func response(
        to request: ReceivedRequest,
        about person: ProviderConformance.Person,
        as variant: ProviderConformance.Variant
    ) -> ServerResponse {
        fixtureResponse(to: request, about: person, as: variant) ?? .unknown
    }

    /// The fixture's answer to a request as it was received; nil if the fixture has none.
    func fixtureResponse(
        to request: ReceivedRequest,
        about person: ProviderConformance.Person,
        as variant: ProviderConformance.Variant
    ) -> ServerResponse? {
        fixture.response(to: withToken(request), about: person, as: variant)
    }

    /// The answer with another token for the app, if it issues one: an upstream that refuses one issues another.
    private func withNewToken(_ response: ServerResponse) -> ServerResponse {
        guard let token = fixture.appToken?.token else { return response }
        var response = response
        let body = String(decoding: response.body, as: UTF8.self)
        guard body.contains(token) else { return response }
        let number = shared.withLockedValue { shared in
            shared.tokenCount += 1
            return shared.tokenCount
        }
        response.body = Array(body.replacing(token, with: "\(token)\(Self.tokenMark)\(number)").utf8)
        return response
    }

    /// The request with the fixture's own token in place of one that was issued.
    private func withToken(_ request: ReceivedRequest) -> ReceivedRequest {
        guard let token = fixture.appToken?.token else { return request }
        func restored(_ text: String) -> String {
            var parts = text.split(separator: "\(token)\(Self.tokenMark)", omittingEmptySubsequences: false)[...]
            let start = parts.removeFirst()
            return parts.reduce(into: String(start)) { $0 += token + $1.drop(while: \.isNumber) }
        }
        return ReceivedRequest(
            connection: request.connection,
            method: request.method,
            target: restored(request.target),
            headers: request.headers.map { HeaderField($0.name, restored($0.value)) },
            body: Array(restored(request.bodyText).utf8),
            keepsConnectionOpen: request.keepsConnectionOpen
        )
    }

    /// What follows the fixture's token in one that was issued, before its number.
    private static var tokenMark: String { "-kit" }
}

extension ProviderConformance.Person {
    /// Another person, in the same login.
    fileprivate var another: Self { Self(number: number + 1_000_000, serial: number + 1_000_000, tag: tag) }
}

extension ServerResponse {
    /// What an upstream answers to an unknown request.
    static let unknown = ServerResponse(status: 404)
}

extension ReceivedRequest {
    /// Every place where a text could appear: the target, the fields and the body.
    var haystack: Haystack {
        Haystack(([target] + headers.map(\.value) + [bodyText]).joined(separator: "\n"))
    }
}

/// How the upstream answers the requests of one login.
struct Treatment: Sendable {
    typealias Answer = @Sendable (Scene) -> ServerScript

    /// What is wrong with every answer that ``answers`` does not cover.
    var variant = ProviderConformance.Variant.correct
    /// How the login's requests are answered, by their number; the first is 1.
    var answers: [Int: Answer] = [:]

    static let correct = Treatment()
}

/// The ingredients of an answer.
struct Scene: Sendable {
    /// The correct answer.
    let correct: ServerResponse
    /// What would be the correct answer to another person's login.
    let ofAnother: ServerResponse
}

extension FakeUpstream {
    /// How many connections have been made, including those that the server has not accepted yet. Counting makes one
    /// more.
    func countConnections() async throws -> Int {
        // Connections are accepted in the order in which they are made.
        try await RawClient.withConnection(to: server.port) { client in
            try await client.send("This is not TLS, and ends the connection.\r\n\r\n")
            try await client.waitForEnd()
        }
        return server.connectionCount - 1
    }
}
