import BrokerConfiguration
import BrokerTesting
import CurlTransport
import Foundation
import IdentityBroker
import JOSE
import LoopbackServer
import StrictJSON
import Testing

@testable import BrokerService
@testable import BrokerTokens

@Suite("Telling clients that a session has ended", .timeLimit(.minutes(5)))
struct LogoutDeliveryTests {
    private static let session = UUID()
    private static let account = AccountID(UUID())

    /// A service with the client `web` at an app, and a notice that waits for it.
    private func withService(
        at app: FakeUpstream,
        path: String = "/logout-token?tenant=1",
        network: String? = nil,
        _ body: (BrokerService, LogoutDeliveryService) async throws -> Void
    ) async throws {
        let folder = try ServiceFolder()
        let network = network ?? "{ caFile: \(app.caFile) }"
        let client = """
            web:
                secret: { literal: 0123456789abcdef }
                redirectURIs: [https://web.example.com/]
                backchannelLogoutURI: "\(app.baseURL)\(path)"
                network: \(network)
            """
        let service = try await BrokerService(
            folder.file(at: app, store: "{ kind: memory }", clients: client).load())
        try await put(LogoutNotice(telling: ["web"], of: Self.session, Self.account), in: service)
        let delivery = try #require(service.services.compactMap { $0 as? LogoutDeliveryService }.first)
        do { try await body(service, delivery) } catch {
            await service.shutdown()
            throw error
        }
        #expect(await service.shutdown())
    }

    private func put(_ notice: LogoutNotice, in service: BrokerService) async throws {
        let record = Record(notice, id: RecordID(Self.session), expiry: Date() + LogoutNotice.lifetime)
        _ = try await service.tokens.store.commit([record.put()], at: Date())
    }

    private func notices(in service: BrokerService) async throws -> [LogoutNotice] {
        try await service.tokens.store.records(
            .all(LogoutNotice.recordKind), after: nil, atMost: 10, at: Date()
        ).records.map { try Record<LogoutNotice>($0).body }
    }

    @Test("A client gets a signed logout token where it registered for it, and is told once", arguments: [200, 204])
    func delivered(status: Int) async throws {
        try await FakeUpstream.withUpstream(answer: { _ in .respond(status: status) }) { app in
            try await withService(at: app) { service, delivery in
                try await delivery.deliver(delivery.duePass())
                let request = try #require(app.requests.first)
                #expect(request.method == "POST" && request.target == "/logout-token?tenant=1")
                let form = String(decoding: request.body, as: UTF8.self)
                #expect(form.hasPrefix("logout_token="))
                let token = try CompactJWS(String(form.dropFirst("logout_token=".count)))
                let claims = try #require(JSONReader().read(token.payload).object)
                #expect(token.type == "logout+jwt" && token.algorithm == .rs256)
                #expect(claims["aud"] == "web" && claims["sid"]?.string == Self.session.canonical)
                #expect(claims["sub"]?.string == Self.account.description)
                #expect(try await notices(in: service).isEmpty)
                try await delivery.deliver(delivery.duePass())
                #expect(app.requests.count == 1)
            }
        }
    }

    @Test(
        "A client that does not say yes is asked again later",
        arguments: [
            ServerScript.respond(status: 400), .respond(status: 500), .respond(status: 201),
            .respond(status: 302, headers: [HeaderField("Location", "/elsewhere")]),
        ])
    func refused(script: ServerScript) async throws {
        try await FakeUpstream.withUpstream(answer: { _ in script }) { app in
            try await withService(at: app) { service, delivery in
                try await delivery.deliver(delivery.duePass())
                #expect(app.requests.count == 1, "no redirect is followed")
                let waiting = try #require(try await notices(in: service).first?.deliveries.first)
                #expect(waiting.attempts == 1 && waiting.due > Date())
                try await delivery.deliver(delivery.duePass())
                #expect(app.requests.count == 1, "it is not due yet")
            }
        }
    }

    @Test("Another certificate authority is not trusted, and nothing is sent")
    func untrusted() async throws {
        try await FakeUpstream.withUpstream(answer: { _ in .respond(status: 200) }) { app in
            try await withService(at: app, network: "{}") { service, delivery in
                try await delivery.deliver(delivery.duePass())
                #expect(app.requests.isEmpty)
                #expect(try await notices(in: service).first?.deliveries.first?.attempts == 1)
            }
        }
    }

    @Test("A private address is refused after its name is resolved, unless the client's network allows it")
    func egress() async throws {
        try await FakeUpstream.withUpstream(answer: { _ in .respond(status: 200) }) { app in
            let transport = try CurlTransport()
            func sender(_ network: NetworkPolicy) -> LogoutSender {
                LogoutSender(transport: transport, networks: ClientNetworks(["web": network]))
            }
            let due = DueLogout(notice: RecordID(Self.session), client: "web")
            let delivery = LogoutDelivery(due: due, uri: "\(app.baseURL)/out", token: Secret("a.b.c"))
            let error = await #expect(throws: LogoutSender.Failure.self) {
                try await sender(NetworkPolicy(caFile: app.caFile)).send(delivery)
            }
            #expect(error == .unanswered(.addressRefused) && app.requests.isEmpty)
            let open = NetworkPolicy(
                caFile: app.caFile, egress: EgressPolicy(allowedNetworks: IPNetwork.loopback))
            try await sender(open).send(delivery)
            #expect(app.requests.count == 1)
            await transport.shutdown()
        }
    }

    @Test("A process that ends in the middle leaves the delivery to the next")
    func cancelled() async throws {
        let arrival = Monitor(false)
        let answer: LoopbackServer.Handler = { _ in
            arrival.withState { $0 = true }
            return [.hang]
        }
        try await FakeUpstream.withUpstream(answer: answer) { app in
            try await withService(at: app) { service, delivery in
                let pass = try await delivery.duePass()
                let work = Task { await delivery.deliver(pass) }
                try await arrival.wait { $0 ? () : nil }
                work.cancel()
                await work.value
                let waiting = try #require(try await notices(in: service).first?.deliveries.first)
                #expect(waiting.attempts == 0 && waiting.due > Date())
                #expect(waiting.due <= Date() + LogoutNotice.claim)
            }
        }
    }

    @Test("A running service delivers by itself, and ends in order")
    func running() async throws {
        try await FakeUpstream.withUpstream(answer: { _ in .respond(status: 200) }) { app in
            try await withService(at: app) { service, delivery in
                let run = Task { await delivery.run() }
                try await app.waitForRequests(1)
                run.cancel()
                await run.value
            }
        }
    }
}

extension LogoutNotice {
    /// A notice as the end of a session writes it.
    fileprivate init(telling clients: [String], of session: UUID, _ account: AccountID) throws {
        let deliveries = clients.map { client -> JSONValue in
            ["client": .string(client), "attempts": 0, "due": 0]
        }
        let body: JSONObject = [
            "session": .string(session.uuidString), "account": .string(account.description),
            "deliveries": .array(deliveries),
        ]
        try self.init(recordBody: Data(body.jsonBytes))
    }
}
