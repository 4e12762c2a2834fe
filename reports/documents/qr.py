"""An address as a square code, drawn in plain rectangles."""

from reportlab.graphics.barcode import qrencoder
from reportlab.platypus import Flowable

from reports.styles import INK


class SquareCode(Flowable):
    """The QR code of an address.

    The library's drawing would name a font that is not embedded, for no text at all.
    """

    def __init__(self, address: str, size: float) -> None:
        super().__init__()
        self.width = self.height = size
        self._code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
        self._code.addData(address)
        self._code.make()

    def draw(self) -> None:
        count = self._code.getModuleCount()
        side = self.width / count
        self.canv.setFillColor(INK)
        path = self.canv.beginPath()
        for row in range(count):
            for start, length in self._runs(row, count):
                top = self.height - (row + 1) * side
                path.rect(start * side, top, length * side, side)
        self.canv.drawPath(path, stroke=0, fill=1)

    def _runs(self, row: int, count: int) -> list[tuple[int, int]]:
        """Where dark squares follow each other: (start, length)."""
        runs: list[tuple[int, int]] = []
        for column in range(count):
            if not self._code.isDark(row, column):
                continue
            if runs and sum(runs[-1]) == column:
                runs[-1] = (runs[-1][0], runs[-1][1] + 1)
            else:
                runs.append((column, 1))
        return runs
