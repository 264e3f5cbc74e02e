import BrokerConfiguration
import BrokerServer
import BrokerService
import BrokerServing
import HTTPTypes
import Hummingbird
import IdentityBroker
import Logging

/// An app that people sign in to with a browser, so that `serve --sandbox` shows a whole login.
///
/// It is a client of the service like any other, and speaks OpenID Connect to it by this library: what it does in
/// ``begin(_:)`` and ``finish(_:)`` is what an app does that embeds it.
final class ExampleApp: Sendable {
    /// What the service knows it as.
    struct Registration: Sendable {
        let id: String
        let secret: Secret
        /// The service's issuer.
        let issuer: String
    }

    /// The type by which it reaches the service.
    static let providerType = "oidc"
    private static let provider: ProviderID = "service"

    let port: Int
    private let registration: Registration
    private let broker: Broker
    private let visits = Locked(ExampleVisits())

    /// Starts the app, which answers at once, and needs the service when someone signs in.
    ///
    /// - Throws: ``BrokerError`` if it cannot listen.
    static func start(
        as registration: Registration,
        in composition: Composition,
        logger: Logger
    ) async throws -> ExampleApp {
        let configuration = try Configuration(
            yaml: Self.configuration(for: registration).utf8, file: "the example app's configuration",
            baseDirectory: "/", providers: composition.providers, stores: composition.stores)
        // It ends before its broker does.
        let running = try RunningBroker(
            of: provider, in: configuration, storedIn: MemoryStore(), logger: logger, endingWith: composition.end)
        let app = Locked<ExampleApp?>(nil)
        let page = LoopbackPage(logger: logger) { request in
            await app.withLock { $0 }?.respond(to: request) ?? ExamplePage.notFound.response
        }
        let port = try await page.listen(on: 0, endingWith: composition.end)
        let started = ExampleApp(port: port, registration: registration, broker: running.broker)
        app.withLock { $0 = started }
        return started
    }

    private init(port: Int, registration: Registration, broker: Broker) {
        (self.port, self.registration, self.broker) = (port, registration, broker)
    }

    /// Where it is opened.
    var url: String { "http://127.0.0.1:\(port)/" }

    /// Where the service sends the browser back to.
    static func redirectURI(at port: Int) -> String { "http://127.0.0.1:\(port)/callback" }

    private static func configuration(for registration: Registration) -> String {
        """
        version: 1
        providers:
          \(provider):
            type: \(providerType)
            settings:
              issuer: \(registration.issuer.yamlScalar)
              clientId: \(registration.id.yamlScalar)
              clientSecret: { literal: \(registration.secret.reveal().yamlScalar) }
            network: { allowInsecureHTTP: true, allowAddresses: [127.0.0.0/8, "::1/128"] }
        stores: { kind: memory }

        """
    }
}

extension ExampleApp {
    private func respond(to request: Request) async -> Response {
        // Another host's name that leads here is a page of somebody else's (DNS rebinding).
        guard request.method == .get, request.head.authority == "\(LoopbackPage.host):\(port)" else {
            return ExamplePage.notFound.response
        }
        let target = (request.head.path ?? "").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let visit = ExampleVisit(in: request.headers)
        switch target.first {
        case "/":
            let person = visit.flatMap { visit in visits.withLock { $0.person(of: visit) } }
            return person.map { ExamplePage.signedIn($0).response } ?? ExamplePage.signedOut.response
        case "/login": return await begin(visit ?? ExampleVisit())
        case "/callback": return await finish(visit, target.count > 1 ? String(target[1]) : "")
        case "/logout":
            if let visit { visits.withLock { $0.leave(visit) } }
            return redirect(to: "\(registration.issuer)/oauth2/logout")
        default: return ExamplePage.notFound.response
        }
    }

    /// Sends the browser to the service, and remembers what its answer must fit.
    private func begin(_ visit: ExampleVisit) async -> Response {
        do throws(BrokerError) {
            let start = try await broker.beginRedirect(
                Self.provider, returningTo: Self.redirectURI(at: port))
            visits.withLock { $0.begin(start.flow, in: visit) }
            var response = redirect(to: start.url)
            response.headers[.setCookie] = visit.cookie
            return response
        } catch {
            return ExamplePage.failed(error).response
        }
    }

    /// Takes the service's answer: redeems the code, and checks the ID token.
    private func finish(_ visit: ExampleVisit?, _ answer: String) async -> Response {
        guard let visit, let flow = visits.withLock({ $0.flow(of: visit) }) else { return ExamplePage.lost.response }
        do throws(BrokerError) {
            let identity = try await broker.login(Self.provider, with: .callback(answer, of: flow, by: .query))
            visits.withLock { $0.enter(identity, in: visit) }
            return redirect(to: "/")
        } catch {
            return ExamplePage.failed(error).response
        }
    }

    private func redirect(to location: String) -> Response {
        Response(status: .seeOther, headers: [.location: location, .cacheControl: "no-store"])
    }
}
