import BrokerObservability
import BrokerTokens
import HTTPTypes
import Hummingbird
import IdentityBroker
import Logging
import ServiceContextModule
import Tracing

/// The outermost middleware: gives each request an id and a trace context, an answer in any case, and a log line.
struct RequestScopeMiddleware<Context: RequestContext>: RouterMiddleware {
    let guards: RequestGuards
    let identifiers: IdentifierSource
    let randomness: RandomSource

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = guards.clock.uptime()
        let origin = guards.origin(of: request, in: context)
        let id = RequestID.of(request.headers, cameThroughProxy: origin.cameThroughProxy, identifiers)
        let surroundings = ServiceContext.incoming(
            request.headers, cameThroughProxy: origin.cameThroughProxy, by: InstrumentationSystem.instrument, randomness
        )
        var context = context
        // The key under which Hummingbird stores its own id.
        context.logger[metadataKey: "hb.request.id"] = "\(id)"
        let scoped = context
        return await ServiceContext.withValue(surroundings) {
            var response = await RefusalSource.$caller.withValue(origin.address.callerKey) {
                await answer(request, scoped, next)
            }
            // Whatever the status, an answer to HEAD has no body (RFC 9110 §9.3.2).
            if request.method == .head { response = response.head }
            if let name = HTTPField.Name("X-Request-ID") { response.headers[name] = id.description }
            surroundings.traceContext?.write(to: &response.headers)
            report(response, to: request, from: origin, in: scoped, after: guards.clock.uptime() - start)
            return response
        }
    }

    private func answer(
        _ request: Request,
        _ context: Context,
        _ next: @concurrent (Request, Context) async throws -> Response
    ) async -> Response {
        guard HTTPRequest.Method.known.contains(request.method) else {
            return Response(notImplementing: request.method)
        }
        guard !request.isAboutServer else { return .serverOptions }
        // The router treats several spellings of a path as one.
        guard request.hasCanonicalPath else { return Response(notFound: request) }
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError where error.status == .notFound {
            return Response(notFound: request)
        } catch {
            context.logger.error("a request failed", metadata: ["broker.error.type": "\(type(of: error))"])
            return Response(.internalFailure)
        }
    }

    private func report(
        _ response: Response,
        to request: Request,
        from origin: RequestOrigin,
        in context: Context,
        after duration: Duration
    ) {
        let record = RequestRecord(
            route: context.endpointPath, method: request.method, status: response.status, address: origin.address)
        record.count()
        record.measure(duration)
        record.log(duration, to: context.logger)
    }
}
