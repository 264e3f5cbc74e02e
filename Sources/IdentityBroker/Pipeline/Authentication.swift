/// The result of a provider's exchange. A class, since it passes through tasks and steps: an ``UpstreamIdentity`` is
/// half a kilobyte, and each frame on the way would hold several copies.
final class Authentication: Sendable {
    let upstream: UpstreamIdentity

    init(_ upstream: UpstreamIdentity) {
        self.upstream = upstream
    }
}
