import BrokerTokens
import HTTPTypes
import Hummingbird
import IdentityBroker

/// Turns requests away while there is no room for them, at once, so that those let in are answered in time.
struct AdmissionMiddleware<Context: RequestContext>: RouterMiddleware {
    let guards: RequestGuards
    /// Whether each request has a place since it was read: see ``OverloadHandler``.
    let hasPlaces: Bool

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard guards.gate.enter() else {
            var response = Response(.draining, challenge: nil)
            response.headers[.connection] = "close"
            return response
        }
        defer { guards.gate.leave() }
        let origin = guards.origin(of: request, in: context)
        do throws(OAuthError) {
            try guards.admit(origin)
        } catch {
            return Response(error, challenge: nil)
        }
        guard enter() else {
            return Response(.overloaded, challenge: nil)
        }
        defer { guards.shedder.withLock { $0.leave() } }
        return try await next(request, context)
    }

    private func enter() -> Bool {
        guards.shedder.withLock { hasPlaces ? $0.enterReserved() : $0.enter(at: guards.clock.uptime()) }
    }
}

extension OAuthError {
    /// The service takes no request any more.
    static let draining = unavailable("The service is being stopped.")

    /// The service takes no request now. Made once, since there are many of it when there is no time to lose.
    static let overloaded = unavailable("The service has more to do than it can.")

    private static func unavailable(_ message: String) -> OAuthError {
        OAuthError(BrokerError(.unavailable, message, retryAfter: LoadShedder.retryAfter))
    }

    /// A defect of ours.
    static let internalFailure = OAuthError(BrokerError(.internalError, "The broker failed. This is its defect."))
}
