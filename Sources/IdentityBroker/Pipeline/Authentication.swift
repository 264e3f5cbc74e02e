/// What a provider made of an exchange. A class, since it goes from task to task and from step to step: an
/// ``UpstreamIdentity`` is half a kilobyte, and every frame on the way would hold it several times.
final class Authentication: Sendable {
    let upstream: UpstreamIdentity

    init(_ upstream: UpstreamIdentity) {
        self.upstream = upstream
    }
}
