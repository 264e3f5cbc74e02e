import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Closes incoming connections while the process, or the system, has no descriptors left.
///
/// A listening socket with a connection that cannot be accepted stays readable, and NIO retries in a busy loop. So this
/// handler holds a spare descriptor: it releases it to accept the connection, closes the connection, and takes the
/// descriptor back.
final class SpareDescriptorHandler: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    /// How long the loop pauses if even that fails, because others take every released descriptor.
    private static let pause: useconds_t = 10_000

    private let take: () -> CInt?
    private let give: (CInt) -> Void
    private let rest: () -> Void
    private var spare: CInt?

    /// - Parameters:
    ///   - take: Opens a descriptor; nil if there is none.
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
        // If passed on, the error would only delay handlers that have no part in what NIO does about it: nothing.
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
