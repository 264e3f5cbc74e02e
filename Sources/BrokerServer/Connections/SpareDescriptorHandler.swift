import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Closes connections that come in while the process, or the system, has no descriptor left.
///
/// A listening socket with a connection that cannot be accepted stays readable, and NIO asks again and again, which keeps a
/// processor busy. This handler keeps a descriptor for the purpose: it gives it up, so that the connection can be accepted,
/// closes the connection, and takes a descriptor again.
final class SpareDescriptorHandler: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    /// How long the loop rests where not even that helps, because others take whatever is given up.
    private static let pause: useconds_t = 10_000

    private let take: () -> CInt?
    private let give: (CInt) -> Void
    private let rest: () -> Void
    private var spare: CInt?

    /// - Parameters:
    ///   - take: Opens a descriptor; nil where there is none.
    ///   - give: Closes it.
    ///   - rest: Waits a little.
    init(
        take: @escaping () -> CInt? = SpareDescriptorHandler.open,
        give: @escaping (CInt) -> Void = { _ = close($0) },
        rest: @escaping () -> Void = { usleep(SpareDescriptorHandler.pause) }
    ) {
        self.take = take
        self.give = give
        self.rest = rest
    }

    func handlerAdded(context: ChannelHandlerContext) {
        spare = take()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        giveUp()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError, error.errnoCode == EMFILE || error.errnoCode == ENFILE else {
            context.fireErrorCaught(error)
            return
        }
        // Passed on, the error would only make others wait who take no part in what NIO does about it: nothing.
        spare = spare ?? take()
        if spare == nil { rest() } else { giveUp() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard spare == nil else { return context.fireChannelRead(data) }
        spare = take()
        guard spare == nil else { return context.fireChannelRead(data) }
        let accepted = unwrapInboundIn(data)
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        accepted.closeFuture.hop(to: context.eventLoop).whenComplete { _ in
            handler.value.spare = handler.value.spare ?? handler.value.take()
        }
        accepted.close(promise: nil)
    }

    private func giveUp() {
        if let spare { give(spare) }
        spare = nil
    }

    private static func open() -> CInt? {
        let descriptor = socket(AF_UNIX, socketType, 0)
        return descriptor < 0 ? nil : descriptor
    }

    #if canImport(Glibc)
        private static let socketType = Int32(SOCK_DGRAM.rawValue)
    #else
        private static let socketType = SOCK_DGRAM
    #endif
}
