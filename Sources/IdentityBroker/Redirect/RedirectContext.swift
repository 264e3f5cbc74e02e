public import Foundation
public import Logging

/// What a provider may use at the beginning of a redirect login.
public struct RedirectContext: Sendable {
    /// The time by which the login must have begun.
    public let deadline: Deadline
    /// A logger that redacts the flow's and the instance's secrets.
    public let logger: Logger
    /// The time of day when the login began.
    public let now: Date

    let transport: GuardedTransport
    let sharedValues: SharedValues
    let check: RedirectCheck
    /// Waits until the instance has room for a request to its upstream.
    let admit: @Sendable () async throws(BrokerError) -> Void
    let pushed = Locked(false)

    /// A value that belongs to no single login; see ``ExchangeContext/shared(_:)``.
    public func shared<Value>(_ value: SharedValue<Value>) async throws(BrokerError) -> Value {
        try transport.check(shared: value.request)
        return try await sharedValues.value(value, isForced: false, until: deadline)
    }

    /// The same, fetched again if allowed; see ``ExchangeContext/refetched(_:)``.
    public func refetched<Value>(_ value: SharedValue<Value>) async throws(BrokerError) -> Value {
        try transport.check(shared: value.request)
        return try await sharedValues.value(value, isForced: true, until: deadline)
    }

    /// Pushes the parameters of the authorization request to the upstream (RFC 9126), once. The URL for the browser
    /// then needs only the `request_uri` that comes back. It respects the instance's limits
    /// for concurrency and failures.
    ///
    /// - Parameter request: A `POST` of a form with what the URL would contain, and with the client's authentication.
    /// - Throws: ``BrokerError`` as ``ExchangeContext/send(_:)`` does; of kind
    ///   ``BrokerError/Kind/upstreamUnavailable`` or ``BrokerError/Kind/unavailable`` if the instance's limits refuse it;
    ///   of kind ``BrokerError/Kind/internalError`` if the form lacks what the URL would need.
    public func push(_ request: UpstreamRequest) async throws(BrokerError) -> UpstreamResponse {
        guard let form = String(validating: request.body, as: UTF8.self) else {
            throw RedirectCheck.fault("pushed something other than a form")
        }
        try check.check(parametersIn: form[...])
        try await admit()
        let response = try await transport.send(request)
        pushed.withLock { $0 = true }
        return response
    }
}

extension RedirectContext: CustomReflectable {
    /// A mirror without children: the contents include the flow's secrets.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
