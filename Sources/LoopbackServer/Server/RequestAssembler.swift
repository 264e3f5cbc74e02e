import NIOCore
import NIOHTTP1

/// Assembles the decoder's parts into complete requests, and passes each on.
final class RequestAssembler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let connection: Int
    private let sendsContinue: Bool
    private let onRequest: (ReceivedRequest) -> Void
    private let onEnd: () -> Void
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    /// - Parameters:
    ///   - sendsContinue: whether an `Expect: 100-continue` is answered (RFC 9110 §10.1.1).
    ///   - onEnd: called when no more requests can arrive; repeated calls are harmless.
    init(
        connection: Int,
        sendsContinue: Bool,
        onRequest: @escaping (ReceivedRequest) -> Void,
        onEnd: @escaping () -> Void
    ) {
        self.connection = connection
        self.sendsContinue = sendsContinue
        self.onRequest = onRequest
        self.onEnd = onEnd
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
            if sendsContinue, head.headers[canonicalForm: "expect"].contains("100-continue") {
                context.writeAndFlush(
                    wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
            }
        case .body(let part):
            body.append(contentsOf: part.readableBytesView)
        case .end:
            guard let head else { return }
            self.head = nil
            onRequest(request(head))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        onEnd()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The client will notice what broke the connection; a refused certificate also ends up here.
        onEnd()
        context.close(promise: nil)
    }

    private func request(_ head: HTTPRequestHead) -> ReceivedRequest {
        ReceivedRequest(
            connection: connection,
            method: head.method.rawValue,
            target: head.uri,
            headers: head.headers.map { HeaderField($0.name, $0.value) },
            body: body,
            keepsConnectionOpen: head.isKeepAlive
        )
    }
}
