"""The form by which somebody brings a clinical document."""

from flask_wtf.file import FileField

from records.wording import later
from webapp.forms.base import Form
from webapp.language import words


class DocumentForm(Form):
    """A file to look into."""

    file = FileField(later("The file"))

    def content(self) -> bytes:
        """Return the bytes that came, or none."""
        return self.file.data.read() if self.file.data else b""

    def miss(self) -> None:
        """Say that no file came."""
        self.file.errors = [*self.file.errors, str(words("Please choose a file first."))]
