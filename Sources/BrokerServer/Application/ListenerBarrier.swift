import IdentityBroker

/// Holds an application's listeners back until all of them are bound, so that an application that cannot listen on all
/// of its addresses serves no one.
final class ListenerBarrier: Sendable {
    private let ports = Locked<[ListenerRole: Int]>([:])
    private let passages: [ListenerRole: (passage: AsyncStream<Void>, opener: AsyncStream<Void>.Continuation)]

    init(_ roles: [ListenerRole]) {
        passages = Dictionary(
            uniqueKeysWithValues: roles.map { role in
                let (passage, opener) = AsyncStream.makeStream(of: Void.self)
                return (role, (passage, opener))
            })
    }

    /// Called once by each listener as soon as it is bound; returns when all are.
    ///
    /// - Returns: The ports of all; nil if the task was cancelled first, as happens if another listener failed.
    func arrive(_ role: ListenerRole, boundTo port: Int) async -> [ListenerRole: Int]? {
        let isLast = ports.withLock { ports in
            ports[role] = port
            return ports.count == passages.count
        }
        if isLast { for passage in passages.values { passage.opener.yield() } }
        guard await passages[role]?.passage.first(where: { _ in true }) != nil, !Task.isCancelled else { return nil }
        return ports.withLock { $0 }
    }
}
