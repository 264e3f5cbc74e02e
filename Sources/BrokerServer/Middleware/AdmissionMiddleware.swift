import BrokerServing
import BrokerTokens
import HTTPTypes
import Hummingbird
import IdentityBroker

/// Rejects requests at once while there is no room, so that admitted ones are answered in time.
struct AdmissionMiddleware<Context: RequestContext>: RouterMiddleware {
    let guards: RequestGuards
    let bounds: RequestBounds

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        // A place offered by the connection is returned in any case.
        let offered = PlaceHandover.current?.takeOver()
        defer { offered?.giveBack() }
        guards.gate.enter()
        defer { guards.gate.leave() }
        let origin = guards.origin(of: request, in: context)
        var request = request
        do throws(OAuthError) { try guards.admit(origin) } catch { return Response(error) }
        // On a foreign connection, the request may not be complete yet.
        do throws(RequestRefusal) {
            if offered == nil { try await request.complete(within: bounds, by: guards.clock) }
        } catch {
            return Response(error)
        }
        let place = if let offered { offered } else { await guards.places.next() }
        guard let place else { return Response(.overloaded) }
        defer { place.giveBack() }
        let complete = request
        return try await Place.$current.withValue(place) {
            try await StoreAccess.$requester.withValue(place) { try await next(complete, context) }
        }
    }
}

extension OAuthError {
    /// The service accepts no requests now. Made once, because an overloaded service sends many.
    static let overloaded = OAuthError(
        BrokerError(
            .unavailable, "The service has more to do than it can.", retryAfter: LoadShedder.retryAfter))

    /// A bug in the broker.
    static let internalFailure = OAuthError(BrokerError(.internalError, "Internal error."))
}
