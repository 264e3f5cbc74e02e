import CLibcurl
import CLibcurlShims
import IdentityBroker

/// A pooled easy handle, and the submission that it carries while under way. Lives on the loop's thread.
final class Transfer {
    /// How many handles are kept for later; one takes about ten kilobytes.
    static let maximumIdle = 512

    /// How long libcurl's thread may wait for the system's resolver after its transfer was abandoned. By default the
    /// resolver asks each of up to three servers twice, for 5 seconds (resolv.conf(5)).
    static let resolverTime = Duration.seconds(30)

    /// libcurl itself gives up slightly above this limit, and reports that the connection failed.
    private static let maximumHeaderBytes = 256 * 1024

    private let shim: UnsafeMutablePointer<curlshim_transfer>
    private(set) var submission: Submission?
    /// What the shim points to during the transfer.
    private var rules: EgressRules?
    private var trust: TrustOptions?
    private var proxy: ProxyOptions? = .direct
    private var reusesConnections = true

    /// Creates a transfer whose handle has every option that holds for all requests, or nil if memory runs out.
    init?(sockets: OpaquePointer, addresses: StringList) {
        guard let shim = curlshim_transfer_create(sockets) else { return nil }
        self.shim = shim
        guard EasyOptions(handle: shim.pointee.easy).setLasting(addresses: addresses) else { return nil }
    }

    deinit {
        curlshim_transfer_destroy(shim)
    }

    var easy: UnsafeMutableRawPointer { shim.pointee.easy }

    /// Where the loop keeps the transfer; the shim carries it, so that a completion leads back here.
    var position: Int {
        get { shim.pointee.position }
        set { shim.pointee.position = newValue }
    }

    /// Loads a request into the handle. Returns false if libcurl refuses an option.
    func prepare(
        _ submission: Submission,
        rules: EgressRules,
        caFile: String?,
        proxy: ProxyOptions,
        within remaining: Duration
    ) -> Bool {
        let policy = submission.policy
        self.submission = submission
        self.rules = rules
        shim.pointee.is_secure = submission.request.isSecure
        shim.pointee.egress = rules.policy
        shim.pointee.head_limit = min(max(policy.maximumHeaderBytes, 0), Self.maximumHeaderBytes)
        shim.pointee.body_limit = max(policy.maximumBodyBytes, 0)
        let options = EasyOptions(handle: easy)
        let trust = TrustOptions(
            caFile: caFile,
            isOfTheSystem: policy.caFile == nil,
            allowsInsecureHTTP: policy.egress.allowsInsecureHTTP
        )
        return set(trust, with: options)
            && set(proxy, with: options)
            && set(reusesConnections: policy.reusesConnections, with: options)
            && options.setTimeouts(connecting: policy.connectTimeout, whole: remaining)
            && submission.request.load(into: shim, options: options)
    }

    /// Sets the options that differ from the handle's last request. Returns false if libcurl refuses an option.
    private func set(_ trust: TrustOptions, with options: EasyOptions) -> Bool {
        guard trust != self.trust else { return true }
        self.trust = nil
        guard options.setTrust(trust) else { return false }
        self.trust = trust
        return true
    }

    /// The same for the proxy. Its credentials stay in an idle handle, as they do in the process.
    private func set(_ proxy: ProxyOptions, with options: EasyOptions) -> Bool {
        guard proxy != self.proxy else { return true }
        self.proxy = nil
        guard options.setProxy(proxy) else { return false }
        self.proxy = proxy
        return true
    }

    private func set(reusesConnections: Bool, with options: EasyOptions) -> Bool {
        guard reusesConnections != self.reusesConnections else { return true }
        guard options.setReuse(reusesConnections) else { return false }
        self.reusesConnections = reusesConnections
        return true
    }

    /// Whether the reused connection turned out to be dead before anything was written to it.
    var foundConnectionSpoiled: Bool { shim.pointee.record.spoiled_connection }

    /// Prepares the loaded request to be sent on a new connection. Returns false if there is no time left for it, or
    /// libcurl refuses an option.
    func renew() -> Bool {
        guard let submission else { return false }
        let remaining = ContinuousClock.now.duration(to: submission.deadline)
        return remaining > .zero
            && EasyOptions(handle: easy).setTimeouts(connecting: submission.policy.connectTimeout, whole: remaining)
            && curlshim_transfer_renew(shim) == CURLE_OK
    }

    /// Discards the request and everything received, and returns the submission.
    @discardableResult
    func reset() -> Submission? {
        curlshim_transfer_reset(shim)
        rules = nil
        defer { submission = nil }
        return submission
    }
}

/// The result of the transfer.
extension Transfer {
    /// A failure that states whether the request may have left.
    func failure(_ reason: TransportFailure.Reason) -> TransportFailure {
        TransportFailure(reason, mayHaveLeft: shim.pointee.record.may_have_left)
    }

    private func reason(_ code: CURLcode) -> TransportFailure.Reason {
        let proxy = submission?.policy.proxy?.url.scheme
        let reason = TransportFailure.Reason(code, record: shim.pointee.record, proxy: proxy)
        // libcurl has no code for running out of descriptors: the name does not resolve, a file cannot be read, or
        // memory runs out.
        let isTelling = ![.nameNotResolved, .proxyNotResolved, .trustUnavailable, .internalFault].contains(reason)
        if isTelling || shim.pointee.record.may_have_left { return reason }
        return curlshim_descriptors_exhausted() ? .outOfDescriptors : reason
    }

    /// Whether libcurl still has a thread, with its descriptors, that resolves the transfer's name: it cannot be
    /// stopped.
    func leavesResolver(after outcome: Result<IncomingAnswer, TransportFailure>) -> Bool {
        guard case .failure(let failure) = outcome, [.timedOut, .cancelled].contains(failure.reason) else {
            return false
        }
        return curlshim_transfer_resolves(shim)
    }

    /// The answer, or why there is none.
    func outcome(_ code: CURLcode) -> Result<IncomingAnswer, TransportFailure> {
        guard code == CURLE_OK else {
            return .failure(failure(reason(code)))
        }
        guard shim.pointee.head_complete else { return .failure(failure(.malformedResponse)) }
        return .success(
            IncomingAnswer(
                status: Int(curlshim_easy_response_code(shim.pointee.easy)),
                head: [UInt8](shim.pointee.head),
                body: [UInt8](shim.pointee.body)
            )
        )
    }
}

extension [UInt8] {
    fileprivate init(_ buffer: curlshim_buffer) {
        self.init(UnsafeBufferPointer(start: buffer.bytes, count: buffer.count))
    }
}
